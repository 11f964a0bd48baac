// Command gen builds data/cities.tsv: the Arabic names that GeoNames has for
// cities, joined with their coordinates and population, cleaned, corrected and
// completed by overrides.tsv; cities that data/places_*.tsv has are left to it.
// README.md of the gazetteer says where the inputs
// come from.
//
//	go run ./extract/gazetteer/gen -mo geonames.mo -cities cities.pbf
//
// The output is a function of the three inputs alone.
package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	mo := flag.String("mo", "", "gettext catalogue of Arabic names by GeoNames id")
	pbf := flag.String("cities", "", "protocol buffer file of cities with coordinates and population")
	dir := flag.String("dir", "extract/gazetteer", "folder of the gazetteer: reads gen/ and data/countries.tsv, writes data/cities.tsv")
	flag.Parse()
	if *mo == "" || *pbf == "" || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "usage: gen -mo FILE -cities FILE [-dir extract/gazetteer]")
		os.Exit(2)
	}
	if err := run(*mo, *pbf, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(moFile, pbfFile, dir string) error {
	names, err := readMO(moFile)
	if err != nil {
		return err
	}
	cities, err := readCities(pbfFile)
	if err != nil {
		return err
	}
	over, err := readOverrides(filepath.Join(dir, "gen", "overrides.tsv"))
	if err != nil {
		return err
	}
	countries, isos, err := countryForms(filepath.Join(dir, "data", "countries.tsv"))
	if err != nil {
		return err
	}
	ambiguous, err := readWords(filepath.Join(dir, "gen", "ambiguous.txt"))
	if err != nil {
		return err
	}
	curated, err := curatedIDs(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	for id := range curated {
		if _, ok := over[id]; ok {
			return fmt.Errorf("overrides: id %d is in a places file; correct it there", id)
		}
		over[id] = override{name: "-"}
	}
	rows, err := build(names, cities, over, countries, isos, ambiguous)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	out.WriteString(header)
	for _, r := range rows {
		out.WriteString(r)
		out.WriteByte('\n')
	}
	return os.WriteFile(filepath.Join(dir, "data", "cities.tsv"), out.Bytes(), 0o666)
}

const header = `# Cities and towns of the world by GeoNames id, with Arabic names, coordinates (degrees) and population. Written by gen, which see; don't edit: correct gen/overrides.tsv.
# Data: GeoNames (geonames.org), CC BY 4.0; cleaned, cut to what news names, and corrected by hand.
# ref	name	en	aliases	attrs
`

// near are the countries whose every named town is kept: those that Arabic
// news of conflict writes about village by village.
var near = strings.Fields("AE AF BH DJ DZ EG IL IQ IR JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN TR YE")

// arab are the countries whose names are Arabic already or have no hard g; elsewhere it is
// written غ or, in Egypt, ج (هامبورغ, هامبورج), and both are listed.
var arab = strings.Fields("AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE IR AF IL TR")

// farMin is the least population of a town elsewhere, unless it is the capital.
const farMin = 100_000

// build joins, filters and formats. A form that several towns share stays with
// the largest, and with others abroad that have a fifth of its people or lie
// near; a town called like a country (Lebanon, Pennsylvania) is dropped unless it is a
// capital or an override names it.
func build(names map[int64]string, cities []city, over map[int64]override, countries, isos, ambiguous map[string]bool) ([]string, error) {
	type out struct {
		city
		name  string
		alias []string
		attrs string
		fixed bool
	}
	var list []out
	seen := map[int64]bool{}
	for _, c := range cities {
		o, fixed := over[c.id]
		name, alias := clean(names[c.id])
		if fixed {
			if o.name == "-" {
				seen[c.id] = true
				continue
			}
			if o.name != "" {
				name, alias = o.name, nil
			}
			alias = append(alias, o.aliases...)
		}
		if name == "" || seen[c.id] || !isos[c.country] && !fixed {
			continue
		}
		if !slices.Contains(arab, c.country) {
			for _, form := range append([]string{name}, alias...) {
				if strings.Contains(form, "غ") {
					alias = append(alias, strings.ReplaceAll(form, "غ", "ج"))
				}
			}
		}
		seen[c.id] = true
		isCapital := c.code == "PPLC"
		if !fixed && !isCapital {
			if countries[fold(name)] || !slices.Contains(near, c.country) && c.pop < farMin {
				continue
			}
		}
		list = append(list, out{c, name, alias, o.attrs, fixed || isCapital})
	}
	for id, o := range over {
		if !seen[id] && o.name != "-" {
			return nil, fmt.Errorf("overrides: no city has the id %d (%s)", id, o.name)
		}
	}
	largest := map[string]int{} // by form, and by country and form
	for _, c := range list {
		for _, k := range []string{fold(c.name), c.country + fold(c.name)} {
			largest[k] = max(largest[k], c.pop)
		}
	}
	list = slices.DeleteFunc(list, func(c out) bool {
		return !c.fixed && !slices.Contains(near, c.country) &&
			(5*c.pop < largest[fold(c.name)] || c.pop < largest[c.country+fold(c.name)])
	})
	slices.SortFunc(list, func(x, y out) int { return cmp.Compare(ref(x.id), ref(y.id)) })
	rows := make([]string, 0, len(list))
	for _, c := range list {
		attrs := fmt.Sprintf("kind=%s;country=%s;lat=%s;lon=%s", c.kind(), c.country, degrees(c.lat), degrees(c.lon))
		if c.pop > 0 {
			attrs += ";pop=" + strconv.Itoa(c.pop)
		}
		if ambiguous[fold(c.name)] {
			attrs += ";ambiguous=1"
		}
		if c.attrs != "" {
			attrs += ";" + c.attrs
		}
		var alias, weak []string
		has := map[string]bool{fold(c.name): true}
		for _, a := range c.alias {
			if !has[fold(a)] {
				has[fold(a)] = true
				alias = append(alias, a)
				if ambiguous[fold(a)] {
					weak = append(weak, a)
				}
			}
		}
		if len(weak) > 0 {
			attrs += ";weak=" + strings.Join(weak, ",")
		}
		rows = append(rows, strings.Join([]string{ref(c.id), c.name, c.en, strings.Join(alias, " | "), attrs}, "\t"))
	}
	return rows, nil
}

func ref(id int64) string { return "geonames:" + strconv.FormatInt(id, 10) }

// degrees prints hundred-thousandths of a degree with three places, which is
// 100 m.
func degrees(e5 int64) string {
	return strconv.FormatFloat(float64((e5+sign(e5)*50)/100)/1000, 'f', -1, 64)
}

func sign(n int64) int64 {
	if n < 0 {
		return -1
	}
	return 1
}
