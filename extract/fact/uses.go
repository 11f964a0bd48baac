package fact

import "github.com/sila-graph/sila/extract/arabic"

// use is a set of the parts that a word may play for status and attribution, as
// data/operators.txt lists them.
type use uint64

const (
	useNarrator     use = 1 << iota // the narrator speaks
	useExpress                      // speak only with عن
	useMute                         // verbs of saying that speak only with أن
	useRelay                        // pass on the words of another
	useBlame                        // charge with responsibility
	useBlaming                      // the same, participles
	useAnnounce                     // masdars of saying with the speaker in the idafa
	useNominate                     // propose for an office
	useAttempt                      // try
	useLightNoun                    // light words that are no verbs
	useLightBoth                    // light words that may be verb or masdar
	useLasting                      // go on: ما زال is no negation
	useAux                          // auxiliaries behind a negation
	useIn                           // take في before what they tell
	useOrder                        // order with ب
	useDative                       // take ل before their object, not before a purpose
	usePlanned                      // adjectives of what is planned
	useAlleged                      // adjectives of what is alleged
	useImpute                       // impute a deed
	useBygone                       // adjectives of what is over
	useAspire                       // want an office
	useOwn                          // own up to a deed
	useDeclare                      // declare
	useAccused                      // accused
	usePast                         // past forms that begin with ت
	useCondemn                      // what is condemned is nobody's claim
	useResult                       // ليرتفع, ليصبح: what came of it, not a purpose
	useDuty                         // responsibility
	usePassiveLight                 // تم, جرى before a masdar: a passive
	useTemporal                     // prepositions that bring the time or occasion
	useOccasion                     // bring the occasion on which something was said
	useOfOffice                     // with ب part of a title: الناطق باسم
	useHeld                         // before a title: who held it
	usePost                         // stand between a verb and the title
	useVacate                       // leave a post
	useAs                           // before a verb of saying behind what is said
	useSettled                      // prepositions whose event did happen
	useWhere                        // prepositions that bring the place of an event
)

var useNames = map[string]use{
	"narrator":     useNarrator,
	"express":      useExpress,
	"mute":         useMute,
	"relay":        useRelay,
	"blame":        useBlame,
	"blaming":      useBlaming,
	"announce":     useAnnounce,
	"nominate":     useNominate,
	"attempt":      useAttempt,
	"lightnoun":    useLightNoun,
	"lightboth":    useLightBoth,
	"lasting":      useLasting,
	"aux":          useAux,
	"infi":         useIn,
	"order":        useOrder,
	"dative":       useDative,
	"planned":      usePlanned,
	"alleged":      useAlleged,
	"impute":       useImpute,
	"bygone":       useBygone,
	"aspire":       useAspire,
	"own":          useOwn,
	"declare":      useDeclare,
	"accused":      useAccused,
	"past":         usePast,
	"condemn":      useCondemn,
	"result":       useResult,
	"duty":         useDuty,
	"passivelight": usePassiveLight,
	"temporal":     useTemporal,
	"occasion":     useOccasion,
	"ofoffice":     useOfOffice,
	"held":         useHeld,
	"post":         usePost,
	"vacate":       useVacate,
	"asverb":       useAs,
	"settled":      useSettled,
	"where":        useWhere,
}

// steer looks up, once a sentence, what each item does to status and attribution.
func (p *parser) steer() {
	p.uses, p.effects, p.anyUse = p.uses[:0], p.effects[:0], 0
	for m := range p.items {
		it := &p.items[m]
		u, e := use(0), efNone
		if it.kind != itNP && p.t.Tokens[it.first].Kind == arabic.Word {
			base := p.t.Base(int(it.first))
			u = p.lex.uses[base]
			if it.kind != itNum {
				e = p.lex.effect(p.t, it, base)
			}
		}
		p.anyUse |= u
		p.uses, p.effects = append(p.uses, u), append(p.effects, e)
	}
}

// used says whether the word at item m plays one of the parts.
func (p *parser) used(m int, u use) bool { return p.uses[m]&u != 0 }

// plays says the same of a word or preposition as it is written, whatever item it stands in.
func (l *lexicon) plays(w string, u use) bool { return l.uses[w]&u != 0 }
