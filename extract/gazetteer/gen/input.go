package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// readMO reads a gettext catalogue (little-endian .mo) whose message ids are
// GeoNames ids; other messages (countries, provinces) are left out.
func readMO(file string) (map[int64]string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	u32 := func(at uint32) uint32 {
		if int64(at)+4 > int64(len(b)) {
			return 0
		}
		return binary.LittleEndian.Uint32(b[at:])
	}
	if u32(0) != 0x950412de {
		return nil, fmt.Errorf("%s: no little-endian gettext catalogue", file)
	}
	str := func(table, i uint32) (string, error) {
		n, at := u32(table+8*i), u32(table+8*i+4)
		if int64(at)+int64(n) > int64(len(b)) {
			return "", fmt.Errorf("%s: message %d points outside the file", file, i)
		}
		return string(b[at : at+n]), nil
	}
	out := map[int64]string{}
	for i := range u32(8) {
		id, err := str(u32(12), i)
		if err != nil {
			return nil, err
		}
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			continue
		}
		if out[n], err = str(u32(16), i); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// city is a populated place of the cities file.
type city struct {
	id       int64
	en       string
	country  string
	code     string // GeoNames feature code: PPLC, PPLA …
	pop      int
	lat, lon int64 // hundred-thousandths of a degree
}

func (c city) kind() string {
	switch {
	case c.code == "PPLC":
		return "capital"
	case c.code == "PPLA" || c.pop >= 100_000:
		return "city"
	case c.pop >= 10_000 || c.pop == 0:
		return "town"
	}
	return "village"
}

// readCities reads messages, each with its length before it; coordinates are
// differences to the city before.
func readCities(file string) ([]city, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	uvarint := func(p []byte) (uint64, []byte, error) {
		v, n := binary.Uvarint(p)
		if n <= 0 {
			return 0, nil, errors.New(file + ": cut short or damaged")
		}
		return v, p[n:], nil
	}
	zigzag := func(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }
	var out []city
	var lat, lon int64
	for len(b) > 0 {
		size, rest, err := uvarint(b)
		if err != nil {
			return nil, err
		}
		if size > uint64(len(rest)) {
			return nil, errors.New(file + ": cut short or damaged")
		}
		msg := rest[:size]
		b = rest[size:]
		var c city
		for len(msg) > 0 {
			var tag, v uint64
			if tag, msg, err = uvarint(msg); err != nil {
				return nil, err
			}
			if v, msg, err = uvarint(msg); err != nil {
				return nil, err
			}
			var s string
			switch tag & 7 {
			case 0:
			case 2:
				if v > uint64(len(msg)) {
					return nil, errors.New(file + ": cut short or damaged")
				}
				s, msg = string(msg[:v]), msg[v:]
			default:
				return nil, fmt.Errorf("%s: wire type %d isn't used in this format", file, tag&7)
			}
			switch tag >> 3 {
			case 1:
				c.id = zigzag(v)
			case 2:
				c.en = s
			case 3:
				c.country = s
			case 7:
				c.code = s
			case 9:
				c.pop = int(v)
			case 10:
				lon += zigzag(v)
			case 11:
				lat += zigzag(v)
			}
		}
		c.lat, c.lon = lat, lon
		out = append(out, c)
	}
	return out, nil
}

// override corrects or adds a city by hand.
type override struct {
	name    string // "-" drops the city, "" keeps the name
	aliases []string
	attrs   string
}

// readOverrides reads lines of id, name, aliases, attributes, parted by tabs.
func readOverrides(file string) (map[int64]override, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	out := map[int64]override{}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := append(strings.Split(line, "\t"), "", "", "")
		id, err := strconv.ParseInt(f[0], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %q is no GeoNames id", file, n, f[0])
		}
		if _, twice := out[id]; twice {
			return nil, fmt.Errorf("%s:%d: id %d occurs twice", file, n, id)
		}
		o := override{name: f[1], attrs: f[3]}
		if f[2] != "" {
			o.aliases = strings.Split(f[2], " | ")
		}
		out[id] = o
	}
	return out, nil
}

// countryForms returns the folded names and aliases of the countries, and
// their codes.
func countryForms(file string) (forms, isos map[string]bool, err error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	forms, isos = map[string]bool{}, map[string]bool{}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if line[0] == '#' || len(f) < 5 {
			continue
		}
		for _, form := range append(strings.Split(f[3], " | "), f[1]) {
			forms[fold(form)] = true
		}
		for attr := range strings.SplitSeq(f[4], ";") {
			if iso, ok := strings.CutPrefix(attr, "country="); ok {
				isos[iso] = true
			}
		}
	}
	return forms, isos, nil
}

// curatedIDs returns the GeoNames ids of the entries of places_*.tsv.
func curatedIDs(dir string) (map[int64]bool, error) {
	names, err := filepath.Glob(filepath.Join(dir, "places_*.tsv"))
	if err != nil {
		return nil, err
	}
	out := map[int64]bool{}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(b)) {
			if rest, ok := strings.CutPrefix(line, "geonames:"); ok {
				field, _, _ := strings.Cut(rest, "\t")
				id, err := strconv.ParseInt(field, 10, 64)
				if err != nil {
					return nil, fmt.Errorf("%s: %q is no GeoNames id", name, field)
				}
				out[id] = true
			}
		}
	}
	return out, nil
}

// readWords reads a list of words, one a line, and folds them.
func readWords(file string) (map[string]bool, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out[fold(line)] = true
		}
	}
	return out, nil
}
