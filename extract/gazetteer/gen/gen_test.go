package main

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"طَرَابُلُس":         "طرابلس",
		"الزنتان\u200e":      "الزنتان",
		"سويتا، أوساكا":      "سويتا",
		"زالنجي (مدينة)":     "زالنجي",
		"قضاء تلكيف":         "تلكيف",
		"حیدر آباد":          "حيدر آباد",
		"Hīt":                "",
		"وينستون-سالم، كارو": "وينستون سالم",
	} {
		if got, _ := clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// pbfCity encodes a city as the cities file does.
func pbfCity(id int64, name, country, code string, pop uint64, dlon, dlat int64) []byte {
	var m []byte
	num := func(tag int, v uint64) {
		m = binary.AppendUvarint(binary.AppendUvarint(m, uint64(tag)<<3), v)
	}
	str := func(tag int, s string) {
		m = append(binary.AppendUvarint(binary.AppendUvarint(m, uint64(tag)<<3|2), uint64(len(s))), s...)
	}
	zig := func(v int64) uint64 { return uint64(v<<1) ^ uint64(v>>63) }
	num(1, zig(id))
	str(2, name)
	str(3, country)
	str(7, code)
	num(9, pop)
	num(10, zig(dlon))
	num(11, zig(dlat))
	return append(binary.AppendUvarint(nil, uint64(len(m))), m...)
}

func pbf() []byte {
	b := pbfCity(1, "Big", "IQ", "PPLC", 5000, 4_400_000, 3_300_000)
	return append(b, pbfCity(2, "Small", "US", "PPL", 200_000, -12_000_000, 500_000)...)
}

// mo encodes a catalogue of two messages.
func mo(id, text string) []byte {
	const head = 28
	b := make([]byte, head+16)
	put := func(at int, v uint32) { binary.LittleEndian.PutUint32(b[at:], v) }
	put(0, 0x950412de)
	put(8, 1)
	put(12, head)
	put(16, head+8)
	put(head, uint32(len(id)))
	put(head+4, uint32(len(b)))
	b = append(b, id...)
	put(head+8, uint32(len(text)))
	put(head+12, uint32(len(b)))
	return append(b, text...)
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
		return file
	}
	moFile, pbfFile := write("a.mo", mo("1", "كبيرة، العراق")), write("c.pbf", pbf())
	write("gen/overrides.tsv", []byte("# c\n2\tبرج هامبورغ\tليل\n"))
	write("gen/ambiguous.txt", []byte("# c\nليل\n"))
	write("data/countries.tsv", []byte("x\tالعراق\tIraq\t\tcountry=IQ\ny\tأمريكا\tUS\tأميركا\tcountry=US\n"))
	if err := run(moFile, pbfFile, dir); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "data/cities.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	want := "geonames:1\tكبيرة\tBig\t\tkind=capital;country=IQ;lat=33;lon=44;pop=5000\n" +
		"geonames:2\tبرج هامبورغ\tSmall\tليل | برج هامبورج\tkind=city;country=US;lat=38;lon=-76;pop=200000;weak=ليل\n"
	if _, rows, _ := strings.Cut(string(got), "attrs\n"); rows != want {
		t.Errorf("got\n%swant\n%s", rows, want)
	}
	// A place that a curated file has is left out.
	write("data/places_x.tsv", []byte("geonames:1\tكبيرة\n"))
	if err := run(moFile, pbfFile, dir); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "data/cities.tsv")); strings.Contains(string(got), "geonames:1\t") {
		t.Error("a curated place is in cities.tsv too")
	}
}

func FuzzInputs(f *testing.F) {
	f.Add(pbf(), mo("1", "ا"))
	f.Add([]byte{3, 8}, []byte{0xde, 0x12, 0x04, 0x95})
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, cities, catalogue []byte) {
		a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
		if os.WriteFile(a, cities, 0o666) != nil || os.WriteFile(b, catalogue, 0o666) != nil {
			t.Skip()
		}
		readCities(a)
		readMO(b)
	})
}
