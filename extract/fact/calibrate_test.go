package fact

import (
	"slices"
	"testing"
)

func TestCalibration(t *testing.T) {
	c, err := parseCalibration(calibrationText)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(c[:]) {
		t.Errorf("the table falls: %v", c)
	}
	for _, bad := range []string{"", "0\t0\n", "0\t0\n50\t40\n40\t50\n100\t90\n", "0\t0\n50\t60\n100\t50\n", "5\t0\n100\t100\n", "0\tx\n100\t100\n"} {
		if _, err := parseCalibration(bad); err == nil {
			t.Errorf("%q is read without an error", bad)
		}
	}
}

// TestCalibrate fits pairs whose truth is known: of those said to be right in 80
// of 100 half are, of those in 40 of 100 one in five.
func TestCalibrate(t *testing.T) {
	var judged []Judged
	for i := range 400 {
		judged = append(judged, Judged{Raw: 80, Right: i%2 == 0, Fold: i / 2 % 4}, Judged{Raw: 40, Right: i%5 == 0, Fold: i / 5 % 4})
	}
	c, err := parseCalibration(Calibrate(judged))
	if err != nil {
		t.Fatal(err)
	}
	if c[80] != 50 || c[40] != 20 || c[60] != 35 || c.of(0.8) != 0.5 {
		t.Errorf("80 → %d, 40 → %d, 60 → %d; want 50, 20, 35", c[80], c[40], c[60])
	}
	for _, b := range Reliability(judged) {
		if b.N > 0 && (b.Mean < b.Low || b.Mean > b.High) {
			t.Errorf("%d to %d: said %.2f, true %.2f to %.2f", b.From, b.To, b.Mean, b.Low, b.High)
		}
	}
}

func FuzzCalibration(f *testing.F) {
	f.Add(calibrationText)
	f.Add("0\t0\n50\t40\n100\t90\n")
	f.Add("5\t0")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parseCalibration(text)
		if err == nil && (!slices.IsSorted(c[:]) || c[100] > 100) {
			t.Errorf("%q is read as %v", text, c)
		}
	})
}
