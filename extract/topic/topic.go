// Package topic says what an article is about: politics, conflict, economy,
// sport, culture, accident, religion, science or society. In comes an analysed
// text, out comes one of [Topics], or "" for a text too short to tell.
//
// A linear model over hashed words decides: whole numbers, so that the same text
// has the same topic on every machine. [New] and [Classifier.Topic] are what
// callers need; the README says how the model is made and how well it does.
package topic

import (
	"slices"

	"github.com/sila-graph/sila/extract/arabic"
)

// The topics.
const (
	Politics = "politics" // governments, diplomacy, parliaments, elections, rulers
	Conflict = "conflict" // war, armed groups, terrorism and the fight against it
	Economy  = "economy"  // companies, markets, oil, budgets, trade
	Sport    = "sport"
	Culture  = "culture"  // arts, letters, media, heritage, celebrities
	Accident = "accident" // accidents, disasters, crime
	Religion = "religion" // faith and its practice, pilgrimage
	Science  = "science"  // health, science, technology
	Society  = "society"  // schools, services, towns, customs, and what fits nowhere else
)

// Topics lists them in the order of the model's classes.
var Topics = [...]string{Politics, Conflict, Economy, Sport, Culture, Accident, Religion, Science, Society}

const numTopics = len(Topics)

// Limits of what is read: the beginning tells, and long articles shall not
// outweigh their first paragraphs.
const (
	maxTokens = 400
	minWords  = 3 // fewer give no topic
)

// Classifier finds topics. It holds the read-only model and its own working
// memory: one per goroutine.
type Classifier struct {
	model *model
	feats []uint32
}

// New returns a Classifier with the model that is built in.
func New() *Classifier { return &Classifier{model: loadModel()} }

// Topic returns the topic of a text, "" where it has too few words.
func (c *Classifier) Topic(t *arabic.Text) string {
	c.feats = features(t, c.feats[:0])
	if len(c.feats) < minWords {
		return ""
	}
	s := c.model.score(c.feats)
	best := 0
	for k := range s {
		if s[k] > s[best] {
			best = k
		}
	}
	return Topics[best]
}

// features appends the buckets of the words of a text: each word once, those of
// the title once more under a name of their own.
func features(t *arabic.Text, dst []uint32) []uint32 {
	for s := range t.Sentences {
		for i := t.Sentences[s].First; i < t.Sentences[s].Last && i < maxTokens; i++ {
			k := &t.Tokens[i]
			if k.Kind != arabic.Word || k.End-k.Bare < 4 {
				continue
			}
			h := hash(t.Base(int(i)))
			dst = append(dst, h>>(32-bucketBits))
			if t.Sentences[s].Para == 0 {
				dst = append(dst, (h*0x9e3779b1+1)>>(32-bucketBits))
			}
		}
	}
	slices.Sort(dst)
	return slices.Compact(dst)
}

// hash is FNV-1a, mixed so that its upper bits serve.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	h ^= h >> 15
	return h * 0x2c1b3c6d
}
