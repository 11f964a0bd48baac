package quads

import (
	"sync/atomic"

	"github.com/cayleygraph/quad"
)

// cacheSlots is the number of decoded values kept in memory (at most maxInline bytes each, so 4 to 10 MB in all).
const cacheSlots = 1 << 15

// valueCache keeps decoded values by id. Ids are never reused and an id's value never changes, so one cache serves
// the store and all its snapshots, whatever is written meanwhile. Each id has one slot; no locks.
type valueCache struct {
	slots [cacheSlots]atomic.Pointer[cached]
}

type cached struct {
	id uint64
	v  quad.Value
}

func (c *valueCache) get(id uint64) quad.Value {
	if e := c.slots[id%cacheSlots].Load(); e != nil && e.id == id {
		return e.v
	}
	return nil
}

func (c *valueCache) put(id uint64, v quad.Value) {
	c.slots[id%cacheSlots].Store(&cached{id, v})
}
