package load

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
)

// This file is the part of a change that says which IRI each actor has before
// and after it, and which articles have to be written anew for that.

// clusters gives out IRIs anew where the change touches who wants which, and
// draws in the articles that mention an actor whose IRI changes.
func (c *change) clusters() error {
	touch := func(key string) (*cluster, error) {
		if is, ok := c.newClusters[key]; ok {
			return is, nil
		}
		was, err := c.was(key)
		if err != nil {
			return nil, err
		}
		is := &cluster{key: key, iri: was.iri, atoms: was.atoms}
		c.oldClusters[key], c.newClusters[key] = was, is
		return is, nil
	}

	// who wants an IRI that somebody touched wanted or wants
	renamed := map[string]bool{}
	wanting := map[quad.IRI]map[string]bool{}
	want := func(base quad.IRI) (map[string]bool, error) {
		if keys, ok := wanting[base]; ok {
			return keys, nil
		}
		keys := map[string]bool{}
		wanting[base] = keys
		all, err := c.idx.wanting(c.ctx, base)
		for _, k := range all {
			if _, ok := c.newClusters[k]; !ok {
				keys[k] = true
			}
		}
		return keys, err
	}
	for key, is := range c.newClusters {
		if was := c.oldClusters[key]; was != nil && !was.local() {
			if _, err := want(was.base()); err != nil {
				return err
			}
		}
		if is == nil {
			continue
		}
		if is.local() {
			if iri := is.localIRI(); is.iri != iri {
				if is.iri != "" {
					renamed[key] = true
				}
				is.iri = iri
			}
			continue
		}
		keys, err := want(is.base())
		if err != nil {
			return err
		}
		keys[key] = true
	}
	for base, keys := range wanting {
		for key, iri := range share(base, slices.Collect(maps.Keys(keys))) {
			if is, ok := c.newClusters[key]; ok && is.iri == iri {
				continue
			}
			is, err := touch(key)
			if err != nil {
				return err
			}
			if is.iri != "" && is.iri != iri {
				renamed[key] = true
			}
			is.iri = iri
		}
	}
	for key := range renamed {
		ids, err := c.idx.mentioning(c.ctx, c.oldClusters[key])
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := c.rewrite(id); err != nil {
				return err
			}
		}
	}
	// the country of an actor is known from articles that mention both
	changed := func(key string) bool {
		if m := c.links.atoms[key]; m != nil && m.from != m.to {
			return true
		}
		r, err := c.newRoot(key)
		return err == nil && renamed[r]
	}
	for id, a := range c.after {
		if c.before[id] == nil {
			continue
		}
		for i := range a.actors {
			if k := a.actors[i].Country; k != "" && (changed(k)) {
				if _, err := touch(a.roots[i]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// was returns a cluster as it was, nil for none.
func (c *change) was(key string) (*cluster, error) {
	if x, ok := c.oldClusters[key]; ok {
		return x, nil
	}
	x, ok := c.seen[key]
	if !ok {
		var err error
		if x, err = c.idx.cluster(c.ctx, key); err != nil {
			return nil, err
		}
		c.seen[key] = x
	}
	return x, nil
}

// oldName and newName give the IRI, before and after, of the cluster that a key belongs to.
func (c *change) oldName(key string) (quad.IRI, error) {
	r, err := c.oldRoot(key)
	if err != nil {
		return "", err
	}
	x, err := c.was(r)
	return iriOf(key, x, err)
}

func (c *change) newName(key string) (quad.IRI, error) {
	r, err := c.newRoot(key)
	if err != nil {
		return "", err
	}
	x, ok := c.newClusters[r]
	if !ok {
		x, err = c.was(r)
	}
	return iriOf(key, x, err)
}

func iriOf(key string, x *cluster, err error) (quad.IRI, error) {
	if err != nil {
		return "", err
	}
	if x == nil {
		return "", fmt.Errorf("no actor has the id %q: the graph isn't whole: load it again", key)
	}
	return x.iri, nil
}

// oldRoot and newRoot give the cluster of a key before and after.
func (c *change) oldRoot(key string) (string, error) {
	if m := c.links.atoms[key]; m != nil {
		return m.from, nil
	}
	if r, ok := c.roots[key]; ok {
		return r, nil
	}
	r, err := c.idx.root(c.ctx, key)
	if err == nil {
		c.roots[key] = r
	}
	return r, err
}

func (c *change) newRoot(key string) (string, error) {
	if m := c.links.atoms[key]; m != nil {
		return m.to, nil
	}
	return c.oldRoot(key)
}
