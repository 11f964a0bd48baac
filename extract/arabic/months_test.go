package arabic

import (
	"strings"
	"testing"
)

func TestMonth(t *testing.T) {
	for name, want := range map[string]int{
		"يناير": 1, "كانون الثاني": 1, "شباط": 2, "آذار": 3, "اذار": 3, "أبريل": 4, "إبريل": 4, "نيسان": 4, "أيّار": 5, "ماي": 5,
		"حزيران": 6, "جوان": 6, "تموز": 7, "تمّوز": 7, "جويلية": 7, "يوليوز": 7, "آب": 8, "غشت": 8, "أوت": 8, "أيلول": 9,
		"شتنبر": 9, "تشرين الأول": 10, "تشرين الثاني": 11, "نونبر": 11, "كانون الأول": 12, "دجنبر": 12,
		"تشرين": 0, "شوال": 0, "": 0,
	} {
		if got, ok := Month(name); got != want || ok != (want != 0) {
			t.Errorf("Month(%q) = %d, %v; want %d", name, got, ok, want)
		}
	}
}

func TestMonthListIsSortedAndFolded(t *testing.T) {
	prev := ""
	for i, line := range strings.Split(strings.TrimSpace(monthList), "\n") {
		if line[0] == '#' {
			continue
		}
		name, _, ok := strings.Cut(line, "\t")
		if !ok || foldMonth(name) != name || name <= prev {
			t.Errorf("line %d: %q: unfolded, out of order or doubled", i+1, line)
		}
		prev = name
	}
}
