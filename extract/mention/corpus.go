package mention

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
)

// Annotated is an article with the entities that it names.
type Annotated struct {
	ID, Date string
	Text     string // title, line break, body
	Entities []doc.Entity
}

// ReadAnnotated reads articles.jsonl and gold.jsonl, joined by id, in the order of gold.
func ReadAnnotated(articles, gold string) ([]Annotated, error) {
	texts := map[string]doc.Document{}
	if err := eachLine(articles, func(b []byte) error {
		var d doc.Document
		if err := json.Unmarshal(b, &d); err != nil {
			return err
		}
		texts[d.ID] = d
		return nil
	}); err != nil {
		return nil, err
	}
	var out []Annotated
	err := eachLine(gold, func(b []byte) error {
		var d doc.Document
		if err := json.Unmarshal(b, &d); err != nil {
			return err
		}
		a, ok := texts[d.ID]
		if !ok {
			return fmt.Errorf("no article has the id %s; does %s belong to it?", d.ID, articles)
		}
		out = append(out, Annotated{ID: d.ID, Date: a.Date, Text: a.Full(), Entities: d.Entities})
		return nil
	})
	return out, err
}

func eachLine(path string, use func([]byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for n := 1; sc.Scan(); n++ {
		if len(sc.Bytes()) == 0 {
			continue
		}
		if err := use(sc.Bytes()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return sc.Err()
}

// newsReader reads unlabelled articles from JSONL files, gzipped where their names
// say so, text by text until io.EOF.
func newsReader(paths []string) func() (string, error) {
	var f *os.File
	var dec *json.Decoder
	return func() (string, error) {
		for {
			if dec == nil {
				if len(paths) == 0 {
					return "", io.EOF
				}
				var err error
				if f, err = os.Open(paths[0]); err != nil {
					return "", err
				}
				var in io.Reader = bufio.NewReader(f)
				if strings.HasSuffix(paths[0], ".gz") {
					if in, err = gzip.NewReader(in); err != nil {
						f.Close()
						return "", fmt.Errorf("%s: %w", paths[0], err)
					}
				}
				dec = json.NewDecoder(in)
			}
			var d doc.Document
			switch err := dec.Decode(&d); {
			case err == io.EOF:
				f.Close()
				dec, paths = nil, paths[1:]
			case err != nil:
				f.Close()
				return "", fmt.Errorf("%s: %w", paths[0], err)
			default:
				return d.Full(), nil
			}
		}
	}
}

// CoNLL is a sentence of tokens with tags B-PERS, I-PERS … O.
type CoNLL struct{ Tokens, Tags []string }

// ReadCoNLL reads a token and a tag a line, a blank line between sentences.
// Further columns (nested tags) are left out; an orphan I- becomes B-.
func ReadCoNLL(path string) ([]CoNLL, error) {
	var out []CoNLL
	var cur CoNLL
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	prev := "O"
	for n := 1; sc.Scan(); n++ {
		fields := strings.Fields(sc.Text())
		if len(fields) == 0 {
			if len(cur.Tokens) > 0 {
				out = append(out, cur)
			}
			cur, prev = CoNLL{}, "O"
			continue
		}
		if len(fields) < 2 {
			return nil, fmt.Errorf("%s:%d: %q: want a token and a tag", path, n, sc.Text())
		}
		tag := fields[1]
		if c, ok := strings.CutPrefix(tag, "I-"); ok && prev != "B-"+c && prev != "I-"+c {
			tag = "B-" + c
		}
		cur.Tokens, cur.Tags, prev = append(cur.Tokens, fields[0]), append(cur.Tags, tag), tag
	}
	if len(cur.Tokens) > 0 {
		out = append(out, cur)
	}
	return out, sc.Err()
}

// conllClasses maps tags of ANERcorp and Wojood; what isn't here is outside.
var conllClasses = map[string]class{
	"PERS": classPerson, "PER": classPerson, "ORG": classOrganization, "LOC": classPlace, "GPE": classPlace, "FAC": classPlace, "MISC": classMisc, "EVENT": classMisc,
}

// taggedCoNLL turns sentences into one text, a line each, with allowed labels.
func taggedCoNLL(ss []CoNLL, d domain) tagged {
	var b strings.Builder
	type piece struct {
		start, end int
		tag        string
	}
	var pieces []piece
	for _, s := range ss {
		for i, tok := range s.Tokens {
			if i > 0 {
				b.WriteByte(' ')
			}
			p := piece{start: b.Len(), tag: s.Tags[i]}
			b.WriteString(tok)
			p.end = b.Len()
			pieces = append(pieces, p)
		}
		b.WriteByte('\n')
	}
	t := arabic.Analyze(b.String())
	out := tagged{text: t, domain: d}
	j := 0
	last := -1
	for i := range t.Tokens {
		start, _ := t.Source(int(t.Tokens[i].Start), int(t.Tokens[i].End))
		for j < len(pieces) && pieces[j].end <= start {
			j++
		}
		a := uint16(1)
		if j < len(pieces) {
			if kind, cls, ok := strings.Cut(pieces[j].tag, "-"); ok {
				if c, ok := conllClasses[cls]; ok {
					l := inside(c)
					if kind == "B" && j != last {
						l = begin(c)
					}
					a = 1 << l
				}
			}
			last = j
		}
		out.allowed = append(out.allowed, a)
	}
	legalise(t, out.allowed)
	return out
}

// legalise turns an inside label at the start of a sentence, or after another
// class, into a beginning.
func legalise(t *arabic.Text, allowed []uint16) {
	for _, s := range t.Sentences {
		prev := outside
		for i := s.First; i < s.Last; i++ {
			a := allowed[i]
			if a&(a-1) != 0 {
				prev = outside
				if i+1 < s.Last {
					if n := allowed[i+1]; n&(n-1) == 0 && single(n).isInside() {
						allowed[i+1] = n >> 1
					}
				}
				continue
			}
			if l := single(a); !l.follows(prev) {
				allowed[i] = 1 << (l - 1)
			}
			prev = single(allowed[i])
		}
	}
}

// taggedArticle projects an article's entities onto its tokens.
func (r *Recognizer) taggedArticle(a *Annotated) tagged {
	t := arabic.Analyze(a.Text)
	p := Project(t, a.Entities)
	out := tagged{text: t, domain: domainNews, allowed: make([]uint16, len(t.Tokens))}
	for i := range out.allowed {
		out.allowed[i] = 1
	}
	r.read(t)
	for i := len(p.Spans) - 1; i >= 0; i-- { // inner spans first, so that outer ones win
		s := &p.Spans[i]
		e := &p.Entities[s.Entity]
		if s.Kind == Nominal {
			continue
		}
		c := classOf(e.Type)
		// Adjectives of countries are found by rule; optional entities are open ground.
		plain := s.Kind == Nisba || s.First == s.Last && r.matches[s.First].nisbaN > 0 && (r.matches[s.First].n == 0 || e.Type != doc.Place)
		for j := s.First; j <= s.Last; j++ {
			l := inside(c)
			if j == s.First {
				l = begin(c)
			}
			switch {
			case plain:
				out.allowed[j] = 1
			case e.Optional:
				out.allowed[j] = anyLabel
			default:
				out.allowed[j] = 1 << l
			}
		}
	}
	legalise(t, out.allowed)
	return out
}
