package quads

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
)

// meta writes the counts as a table of their own.
func (b *Bulk) meta(preds map[uint64]uint64) ([]string, error) {
	meta, counted := b.s.newTables("meta"), b.s.newTables("preds")
	if err := meta.set(metaCounts, b.now.append(nil)); err != nil {
		return nil, err
	}
	order := make([]uint64, 0, len(preds))
	for id := range preds {
		order = append(order, id)
	}
	slices.Sort(order)
	for _, id := range order {
		n, err := b.s.predicate(id)
		if err != nil {
			return nil, err
		}
		rec := binary.BigEndian.AppendUint64(nil, n+preds[id])
		if err := counted.set(idKey(nil, partPredicate, id), rec); err != nil {
			return nil, err
		}
	}
	return append(meta.paths, counted.paths...), errors.Join(meta.close(), counted.close())
}

// tables writes everything but the counts as sorted tables, several at a time, and counts what is new.
func (b *Bulk) tables() (paths []string, preds map[uint64]uint64, err error) {
	if len(b.runs[0]) > 0 && len(b.quads) > 0 {
		if err := b.spill(); err != nil {
			return nil, nil, err
		}
	}
	if err := errors.Join(b.values.close(), b.long.close()); err != nil {
		return nil, nil, err
	}
	paths = append(append(paths, b.values.paths...), b.long.paths...)

	preds = make(map[uint64]uint64)
	count := b.counter(preds)
	set := b.s.newTableSet()
	set.run("dict", b.dictTable)
	if len(b.runs[0]) > 0 {
		b.quads, b.buf = nil, sortBuffer{} // give the memory back before merging
		for p := range perms {
			set.run(perms[p].name, func(w *tableWriter) error {
				return mergeRuns(b.s.fs, b.runs[p], func(key []byte, _ uint64) error {
					if p == 0 {
						var q ids
						perms[0].parse(key, &q)
						if err := count(&q, key); err != nil {
							return err
						}
					}
					return w.set(key, nil)
				})
			})
		}
	} else {
		err = b.buf.eachPerm(b.quads, func(p int, sorted []ids) error {
			sorted = slices.Clone(sorted) // sorting goes on while the table is written
			set.run(perms[p].name, func(w *tableWriter) error {
				var key []byte
				for i := range sorted {
					if i > 0 && sorted[i] == sorted[i-1] {
						continue
					}
					key = perms[p].appendKey(key[:0], &sorted[i])
					if p == 0 {
						if err := count(&sorted[i], key); err != nil {
							return err
						}
					}
					if err := w.set(key, nil); err != nil {
						return err
					}
				}
				return nil
			})
			return nil
		})
	}
	written, werr := set.wait()
	return append(paths, written...), preds, errors.Join(err, werr)
}

// counter counts the quads that are new; it is called for each different one.
func (b *Bulk) counter(preds map[uint64]uint64) func(q *ids, key []byte) error {
	return func(q *ids, key []byte) error {
		if max(q[0], q[1], q[2], q[3]) < b.old {
			there, err := get(b.s.db, key, nil)
			if there || err != nil {
				return err
			}
		}
		b.now.quads++
		if q[posL] != 0 {
			b.now.labelled++
		}
		preds[q[posP]]++
		return nil
	}
}

func (b *Bulk) dictTable(w *tableWriter) error {
	var rec []byte
	set := func(key []byte, id uint64) error {
		rec = appendID(rec[:0], id)
		return w.set(key, rec)
	}
	if len(b.dict.runs) > 0 {
		if err := b.spillDict(); err != nil {
			return err
		}
		b.dict.arena, b.dict.recs = nil, nil
		return mergeRuns(b.s.fs, b.dict.runs, func(key []byte, id uint64) error { return set(bytes.Clone(key), id) })
	}
	b.dict.sort()
	for _, r := range b.dict.recs {
		if err := set(b.dict.key(r), r.id); err != nil {
			return err
		}
	}
	return nil
}
