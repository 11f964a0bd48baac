package load

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"
	"github.com/klauspost/compress/zstd"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/graph/resolve"
	"github.com/sila-graph/sila/graph/vocab"
)

// evidence gives the quads that belong to an article alone, labelled with it.
func evidence(d *doc.Document, a *article, packed quad.Value, name naming) ([]quad.Quad, error) {
	me := vocab.ArticleIRI(a.id)
	out := make([]quad.Quad, 0, 8+len(a.actors)+12*len(a.reports))
	add := func(s, p quad.IRI, o quad.Value) {
		out = append(out, quad.Quad{Subject: s, Predicate: p, Object: o, Label: me})
	}
	text := func(s, p quad.IRI, v string) {
		if v != "" {
			add(s, p, quad.String(v))
		}
	}
	add(me, vocab.Type, vocab.Article)
	if d.Title != "" {
		add(me, vocab.Headline, arabic(d.Title))
	}
	text(me, vocab.Date, d.Date)
	text(me, vocab.Outlet, d.Source)
	text(me, vocab.URL, d.URL)
	text(me, vocab.Hash, d.Hash)
	text(me, vocab.Topic, d.Topic)
	text(me, vocab.Digest, a.digest)
	add(me, vocab.Document, packed)
	for _, key := range a.sketch.Keys() {
		add(me, vocab.CopyKey, quad.String(key))
	}
	mentioned := make(map[quad.IRI]bool, len(a.actors))
	for i := range a.actors {
		k := a.actors[i].Key
		x, err := name(k)
		if err != nil {
			return nil, err
		}
		if !mentioned[x] {
			mentioned[x] = true
			add(me, vocab.Mentions, x)
		}
		if _, known := resolve.Gazetteer(k); !known && !strings.Contains(k, "#") {
			add(me, vocab.KeyOf, quad.String(k))
		}
	}
	for i, r := range a.reports {
		f, rep := &d.Facts[i], vocab.ReportIRI(a.id, r.n)
		if r.revised != nil {
			f = r.revised
		}
		text(rep, vocab.Verdict, string(r.verdict))
		add(rep, vocab.InArticle, me)
		add(rep, vocab.Status, vocab.StatusIRI(r.status))
		if f.Evidence != "" {
			add(rep, vocab.Evidence, arabic(f.Evidence))
		}
		add(rep, vocab.Sentence, quad.Int(f.Sentence))
		if f.End > 0 {
			add(rep, vocab.Start, quad.Int(f.Start))
			add(rep, vocab.End, quad.Int(f.End))
		}
		text(rep, vocab.Time, f.Time)
		text(rep, vocab.Trigger, f.Trigger)
		text(rep, vocab.Rule, f.Rule)
		if f.Wording != "" {
			add(rep, vocab.Wording, arabic(f.Wording))
		}
		if f.Confidence != 0 {
			add(rep, vocab.Confidence, quad.Float(math.Round(f.Confidence*100)/100))
		}
		if f.Count != nil {
			add(rep, vocab.Low, quad.Int(f.Count.Low))
			if f.Count.High != nil {
				add(rep, vocab.High, quad.Int(*f.Count.High))
			}
		}
		if r.source != "" {
			s, err := name(r.source)
			if err != nil {
				return nil, err
			}
			add(rep, vocab.Source, s)
		}
		text(rep, vocab.SourceKind, f.SourceKind)
		if f.Ended {
			add(rep, vocab.Ended, quad.Bool(true))
		}
		text(rep, vocab.Block, r.block)
	}
	return out, nil
}

// pack compresses a document into one literal; digest tells whether two are equal.
func pack(d *doc.Document) (packed quad.Value, digest string, err error) {
	b, err := json.Marshal(d)
	if err != nil {
		return nil, "", fmt.Errorf("document %s: %w", d.ID, err)
	}
	sum := sha256.Sum256(b)
	z := zstdWriter().EncodeAll(b, nil)
	return quad.TypedString{Value: quad.String(base64.StdEncoding.EncodeToString(z)), Type: vocab.DocumentType},
		hex.EncodeToString(sum[:16]), nil
}

// Unpack reads a document back from the literal of [vocab.Document].
func Unpack(v quad.Value) (*doc.Document, error) {
	s, ok := v.(quad.TypedString)
	if !ok || s.Type != vocab.DocumentType {
		return nil, fmt.Errorf("%.60v is no compressed document", v)
	}
	z, err := base64.StdEncoding.DecodeString(string(s.Value))
	if err != nil {
		return nil, fmt.Errorf("compressed document: %w", err)
	}
	b, err := zstdReader().DecodeAll(z, nil)
	if err != nil {
		return nil, fmt.Errorf("compressed document: %w", err)
	}
	var d doc.Document
	if err := json.Unmarshal(b, &d); err != nil {
		return nil, fmt.Errorf("compressed document: %w", err)
	}
	return &d, nil
}

// Both are made once and safe for many goroutines.
var (
	zstdWriter = sync.OnceValue(func() *zstd.Encoder {
		w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
		if err != nil {
			panic("zstd: " + err.Error()) // only options can fail
		}
		return w
	})
	zstdReader = sync.OnceValue(func() *zstd.Decoder {
		r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
		if err != nil {
			panic("zstd: " + err.Error())
		}
		return r
	})
)
