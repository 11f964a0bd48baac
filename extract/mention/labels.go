package mention

import "github.com/sila-graph/sila/extract/doc"

// label is what the model says of a token: outside of all names, or the
// beginning or a further token of a name of one of the classes.
type label uint8

// class is what a name is of, the model's view: the types of the guide, and
// ANERcorp's MISC, which is learned so that texts tagged by it don't blur the rest.
type class uint8

const (
	classPerson class = iota
	classOrganization
	classPlace
	classGroup
	classEvent
	classMisc
	numClasses
)

const (
	outside   label = 0
	numLabels       = 1 + 2*int(numClasses)
	anyLabel        = 1<<numLabels - 1 // a set of labels
)

func begin(c class) label  { return label(1 + 2*c) }
func inside(c class) label { return label(2 + 2*c) }

func (l label) class() class   { return class((l - 1) / 2) }
func (l label) isBegin() bool  { return l != 0 && l&1 == 1 }
func (l label) isInside() bool { return l != 0 && l&1 == 0 }

// follows says whether l may stand after prev: a name goes on only in its own class.
func (l label) follows(prev label) bool {
	return !l.isInside() || prev != outside && prev.class() == l.class()
}

// classTypes gives each class its entity type; MISC has none.
var classTypes = [numClasses]doc.EntityType{
	classPerson: doc.Person, classOrganization: doc.Organization, classPlace: doc.Place, classGroup: doc.Group, classEvent: doc.Event,
}

// classNames are those of the CoNLL format.
var classNames = [numClasses]string{"PERS", "ORG", "LOC", "GROUP", "EVENT", "MISC"}

func classOf(t doc.EntityType) class {
	for c, x := range classTypes {
		if x == t {
			return class(c)
		}
	}
	return classMisc
}
