package fact

import (
	"slices"
	"sync"

	"github.com/sila-graph/sila/extract/arabic"
	"github.com/sila-graph/sila/extract/doc"
	"github.com/sila-graph/sila/extract/topic"
)

// Sport, business and the arts borrow the words of war: «سحق الفريق ضيفه», «هجوم
// الأهلي», «عمليات نقاط البيع». In their articles a fact of fighting stands only
// where its sentence has a word of real violence (data/violence.txt), and a
// death where a word says so that means nothing else (data/death.txt).

// borrowedTypes are the types whose words are borrowed.
var borrowedTypes = []string{"Attack", "Besiege", "Capture", "Clash", "Control", "Defeat", "Injure", "Kill", "Liberate", "Mobilize", "Recruit", "Seize", "Withdraw"}

// borrows says whether articles of a topic borrow those words.
func borrows(t string) bool {
	return t == topic.Sport || t == topic.Economy || t == topic.Culture || t == topic.Science || t == topic.Society
}

var violence = sync.OnceValue(func() map[string]bool { return wordSet("violence") })
var death = sync.OnceValue(func() map[string]bool { return wordSet("death") })

// wordSet reads a list under data; it is part of the program.
func wordSet(name string) map[string]bool {
	lines, err := listLines(name)
	if err != nil {
		panic("fact: embedded data: " + err.Error()) // TestBorrowedLists loads them
	}
	set := make(map[string]bool, len(lines))
	for _, w := range lines {
		set[w] = true
	}
	return set
}

// dropBorrowed removes the facts of fighting that an article of that topic tells
// in borrowed words only.
func dropBorrowed(t *arabic.Text, about string, facts []doc.Fact) []doc.Fact {
	if !borrows(about) {
		return facts
	}
	return slices.DeleteFunc(facts, func(f doc.Fact) bool {
		if !slices.Contains(borrowedTypes, f.Type) || saysWord(t, f.Sentence, violence()) {
			return false
		}
		return f.Type != "Kill" || !saysWord(t, f.Sentence, death()) || len(f.Agent) > 0
	})
}

// saysWord says whether a sentence holds a word of the set.
func saysWord(t *arabic.Text, sentence int, set map[string]bool) bool {
	s := t.Sentences[sentence]
	for i := s.First; i < s.Last; i++ {
		if set[t.Base(int(i))] || set[t.Bare(int(i))] {
			return true
		}
	}
	return false
}
