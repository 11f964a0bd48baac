package resolve

import "maps"

// Evidence counts what articles say of the bearer of one key, each article
// once. Names, type and IRI of an actor follow from it, and which keys are one
// actor, so that a change of one article needs no look at the others.
type Evidence struct {
	Articles  int            `json:"articles"`
	Types     map[string]int `json:"types,omitempty"`
	Full      map[string]int `json:"full,omitempty"`  // its fullest form in an article
	Names     map[string]int `json:"names,omitempty"` // any form
	Canonical map[string]int `json:"canonical,omitempty"`
	Countries map[string]int `json:"countries,omitempty"` // by key
	Kinds     map[string]int `json:"kinds,omitempty"`
	Offices   map[string]int `json:"offices,omitempty"` // as of [Actor.Offices]
	Scenes    map[string]int `json:"scenes,omitempty"`
	Near      map[string]int `json:"near,omitempty"` // as of [Actor.Near]
}

// Add counts an article's actor, or takes it back with n = -1.
func (t *Evidence) Add(a *Actor, n int) {
	t.Articles += n
	count(&t.Types, string(a.Type), n)
	count(&t.Full, a.Full, n)
	for _, name := range a.Names {
		count(&t.Names, name, n)
	}
	count(&t.Canonical, a.Canonical, n)
	count(&t.Countries, a.Country, n)
	count(&t.Kinds, a.Kind, n)
	for _, o := range a.Offices {
		count(&t.Offices, o, n)
	}
	count(&t.Scenes, a.Scene, n)
	for _, k := range a.Near {
		count(&t.Near, k, n)
	}
}

func (t *Evidence) maps() [9]*map[string]int {
	return [...]*map[string]int{&t.Types, &t.Full, &t.Names, &t.Canonical, &t.Countries, &t.Kinds, &t.Offices, &t.Scenes, &t.Near}
}

// AddAll counts all that another counted.
func (t *Evidence) AddAll(u *Evidence) {
	t.Articles += u.Articles
	from := u.maps()
	for i, m := range t.maps() {
		for k, n := range *from[i] {
			count(m, k, n)
		}
	}
}

func count(m *map[string]int, k string, n int) {
	if k == "" {
		return
	}
	if *m == nil {
		*m = map[string]int{}
	}
	if (*m)[k] += n; (*m)[k] == 0 {
		delete(*m, k)
	}
}

// Clone returns a copy that can be changed.
func (t *Evidence) Clone() *Evidence {
	c := *t
	for _, m := range c.maps() {
		*m = maps.Clone(*m)
	}
	return &c
}
