package mention

// ruleSet is a set of the rules that add to what the model tags, or that merge
// names; all are on but in experiments, which tell what each is worth.
type ruleSet uint16

const (
	ruleKnown      ruleSet = 1 << iota // names that the gazetteer is sure of
	ruleJoined                         // places that و joins to places
	ruleForces                         // forces known by an adjective alone
	rulePeoples                        // الشعب السوري
	ruleNisba                          // countries by their adjectives
	ruleInner                          // names inside of names
	ruleGovernment                     // capitals for governments
	ruleOwnName                        // المملكة, الأراضي السورية
	ruleBracket                        // second names in brackets
	ruleSynonym                        // two names of one state body
	ruleStem                           // equal but for a head noun
	ruleShortened                      // الجيش after الجيش اليمني
	rulePerson                         // surnames, spellings of foreign names
	allRules       ruleSet = 1<<iota - 1
)

// ruleNames name the rules in tables.
var ruleNames = [...]string{"gazetteer's sure names", "places joined by و", "forces by an adjective", "peoples by their country", "adjectives of countries", "names inside of names",
	"capitals for governments", "countries by other names", "second names in brackets", "synonyms of state bodies", "head nouns left out", "shortened names", "surnames and spellings"}
