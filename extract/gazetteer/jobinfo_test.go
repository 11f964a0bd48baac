package gazetteer

import "testing"

func TestJobs(t *testing.T) {
	jobs := Jobs()
	for form, lemma := range map[string]string{"وزير": "وزير", "وزيرة": "وزير", "وزراء": "وزير", "رئيس": "رئيس", "رؤساء": "رئيس"} {
		if j, ok := jobs[form]; !ok || j.Lemma != lemma {
			t.Errorf("%s: %+v %v, want %s", form, j, ok, lemma)
		}
	}
	if len(jobs) < 300 {
		t.Errorf("%d forms", len(jobs))
	}
}
