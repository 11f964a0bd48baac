package when

import "testing"

func TestCalendar(t *testing.T) {
	a, _ := parseDay("2015-07-21")
	if weekday(a.days()) != 2 {
		t.Fatalf("2015-07-21 is a Tuesday, not %d", weekday(a.days()))
	}
	for n := (moment{1800, 1, 1}).days(); n < (moment{2200, 1, 1}).days(); n++ {
		if m := day(n); m.days() != n || !m.valid() {
			t.Fatalf("day(%d) = %v", n, m)
		}
	}
	for _, c := range []struct {
		y, m, d int
		want    moment
	}{
		{1436, 10, 1, moment{2015, 7, 17}}, {1436, 9, 0, moment{2015, 7, 0}}, {1437, 1, 1, moment{2015, 10, 14}}, {1443, 1, 1, moment{2021, 8, 9}},
		{1400, 1, 1, moment{1979, 11, 20}}, {1351, 5, 21, moment{1932, 9, 0}}, {1319, 0, 0, moment{1901, 0, 0}}, {1442, 9, 1, moment{2021, 4, 13}},
	} {
		if got := fromHijri(c.y, c.m, c.d); got != c.want {
			t.Errorf("%d-%d-%d: %v, want %v", c.y, c.m, c.d, got, c.want)
		}
	}
	// The two calendars agree to two days where they meet, and every day has its month.
	for y := firstHijri; y <= lastHijri; y++ {
		for m := 1; m <= 12; m++ {
			s, n := hijri(y, m)
			for _, d := range []int{s, s + n - 1} {
				if hy, hm := hijriOf(d); hy != y || hm != m {
					t.Fatalf("hijriOf(%v) = %d-%d, want %d-%d", day(d), hy, hm, y, m)
				}
			}
			if tab := epoch + 354*(y-1) + (3+11*y)/30 + (59*(m-1)+1)/2; tab-s > 2 || s-tab > 2 {
				t.Fatalf("%d-%d: tabular %v, Umm al-Qura %v", y, m, day(tab), day(s))
			}
		}
	}
}
