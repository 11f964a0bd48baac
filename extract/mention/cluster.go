package mention

// clusterTable gives each frequent word the number of its cluster.
type clusterTable struct{ of map[string]uint16 }

func (r *Recognizer) cluster(w *word) uint16 {
	if r.clusters == nil {
		return 0
	}
	return r.clusters.of[w.core]
}
