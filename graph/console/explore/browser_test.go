package explore

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// builtWeb is what make built of the drawn views, nil where it wasn't run.
func builtWeb() fs.FS {
	if _, err := os.Stat("../assets/web/network.js"); err != nil {
		return nil
	}
	return os.DirFS("../assets/web")
}

// TestBrowser does in Chromium what a reader would, in both languages: search a
// name, open the page, follow a tie to its sentence, draw the network, filter
// events to a month and download them, find a path, judge a fact, go dark, take the phone.
// Nothing is asked of another host, nothing breaks, axe-core (where npm has
// installed it) finds nothing serious. Screenshots go to the folder
// SILA_SCREENSHOTS, if that is set.
func TestBrowser(t *testing.T) {
	chrome := chromium(t)
	for _, lang := range []string{"ar", "en"} {
		t.Run(lang, func(t *testing.T) { walk(t, chrome, judged(t, "disk", Options{Web: builtWeb()}), lang) })
	}
}

// chromium finds the browser; without one the test is skipped.
func chromium(t *testing.T) string {
	t.Helper()
	if !testing.Short() {
		for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
			if p, err := exec.LookPath(name); err == nil {
				return p
			}
		}
	}
	t.Skip("needs Chromium")
	return ""
}

// TestNetworkScale prints how the network view bears 500 nodes and 2,000 edges.
func TestNetworkScale(t *testing.T) {
	if os.Getenv("SILA_LONG") == "" || builtWeb() == nil {
		t.Skip("wants SILA_LONG and make")
	}
	_, srv := explorer(t, "disk", Options{Web: builtWeb()}, archive()...)
	b := browse(t, chromium(t), srv, "ar")
	b.open("/network")
	b.wait(`document.getElementById("network").dataset.ready`)
	eval[any](b, `(function () {
		var seed = 1, random = function () { seed = seed * 16807 % 2147483647; return seed / 2147483647 }
		var families = ["assault", "consult", "support", "verbal", "territory"], add = []
		for (var i = 0; i < 500; i++) add.push({data: {id: "n" + i, name: "طرف " + i, type: ["Person", "Organization", "Place"][i % 3], degree: 1 + Math.floor(60 * random() * random())}, position: {x: 1500 * random(), y: 1500 * random()}})
		for (i = 0; i < 2000; i++) add.push({data: {id: "e" + i, source: "n" + Math.floor(500 * random() * random()), target: "n" + Math.floor(500 * random()), text: "هاجم", family: families[i % 5], directed: true, n: 1 + i % 4}})
		silaNetwork.elements().remove(); silaNetwork.add(add)
		document.getElementById("net-filter").dispatchEvent(new Event("change")) // as after each expansion
		window.began = performance.now(); window.laid = 0
		silaNetwork.one("layoutstop", function () { window.laid = performance.now() - window.began })
		document.querySelector("[data-net=arrange]").click() })(); 1`)
	b.wait(`window.laid`)
	eval[any](b, `(function () {
		var times = [], last = 0, n = 0; window.frames_ = null
		requestAnimationFrame(function step(t) { if (last) times.push(t - last); last = t; silaNetwork.panBy({x: n % 20 < 10 ? 9 : -9, y: 3}); if (n % 15 == 7) silaNetwork.zoom(silaNetwork.zoom() * (n % 2 ? 1.05 : .95)); if (n++ < 90) requestAnimationFrame(step); else { times.sort(function (a, b) { return a - b }); window.frames_ = "median " + times[45].toFixed(1) + " ms, 95 % " + times[85].toFixed(1) + " ms" } }) })(); 1`)
	b.wait(`window.frames_`)
	b.shot("network-500")
	t.Logf("500 nodes, 2,000 edges: laid out in %.0f ms; frames while moving: %s", eval[float64](b, `window.laid`), eval[string](b, `window.frames_`))
}

// browse opens a tab.
func browse(t *testing.T, chrome string, srv *httptest.Server, lang string) *tab {
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chrome), chromedp.NoSandbox, chromedp.WindowSize(1280, 900),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("accept-lang", lang), chromedp.Flag("lang", lang))
	alloc, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	b := &tab{t: t, home: srv.URL, lang: lang}
	ctx, cancel := chromedp.NewContext(alloc, chromedp.WithListener(b.listen))
	t.Cleanup(cancel)
	b.ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	b.do(chromedp.Navigate("about:blank"))
	if _, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		if _, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := cdp.Call(ctx, t, log.Enable, cdp.Empty{})
		return chromedp.Void{}, err
	}); err != nil {
		t.Fatal(err)
	}
	return b
}

func walk(t *testing.T, chrome string, srv *httptest.Server, lang string) {
	b := browse(t, chrome, srv, lang)

	// The start page, and from a few letters of a name to the actor.
	b.open("/")
	if have := eval[string](b, `document.documentElement.lang + " " + document.documentElement.dir`); have != map[string]string{"ar": "ar rtl", "en": "en ltr"}[lang] {
		t.Errorf("language and direction: %s", have)
	}
	b.look("start")
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), "كيري"))
	b.wait(`document.querySelectorAll(".complete li").length > 0`)
	b.shot("completion")
	b.do(chromedp.KeyEvent(kb.ArrowDown))
	b.wait(`document.querySelector(".complete [aria-selected=true]")`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.wait(`location.pathname.startsWith("/entity/")`)
	b.ready()
	if h1 := eval[string](b, `document.querySelector("h1").textContent`); h1 != "جون كيري" && h1 != "John Kerry" {
		t.Errorf("كيري leads to %q", h1)
	}
	b.look("entity")

	// From a tie to the sentence, in sight and marked.
	b.do(chromedp.Click(chromedp.CSS(".tie .to-sentence")))
	b.wait(`location.pathname.startsWith("/article/") && document.querySelector("mark.strong")`)
	if text := eval[string](b, `[...document.querySelectorAll("mark.strong")].map(m => m.textContent).join("")`); !strings.Contains(text, "كيري") {
		t.Errorf("the marked words are %q", text)
	}
	if !eval[bool](b, `(function () { var r = document.querySelector("mark.strong").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`) {
		t.Error("the marked sentence is out of sight")
	}
	b.look("article")
	b.do(chromedp.Click(chromedp.CSS("aside .fact .meta a")))
	b.wait(`location.pathname.startsWith("/fact/")`)
	b.ready()
	if cite := eval[string](b, `document.getElementById("cite").value`); !strings.Contains(cite, "https://news.example/a1") || !strings.Contains(cite, "ha1") {
		t.Errorf("citation: %s", cite)
	}
	b.look("fact")

	// Events of one month, and the same as a file.
	b.open("/events")
	b.do(chromedp.SendKeys(chromedp.CSS("#f-from"), "2016-07"), chromedp.SendKeys(chromedp.CSS("#f-to"), "2016-07"), chromedp.Click(chromedp.CSS("form.filter button")))
	b.wait(`location.search.includes("from=2016-07")`)
	b.ready()
	if bad := eval[string](b, `[...document.querySelectorAll("td time")].map(t => t.dateTime).filter(d => !d.startsWith("2016-07")).join()`); bad != "" {
		t.Errorf("not of July: %s", bad)
	}
	if strings.Contains(eval[string](b, `location.search`), "actor=") {
		t.Error("an empty field stands in the address")
	}
	eval[any](b, `window.got = null; fetch(document.querySelector("a[download]").href).then(r => r.text()).then(s => { window.got = s }); 1`)
	b.wait(`window.got`)
	rows, lines := eval[int](b, `document.querySelectorAll("tr[data-fact]").length`), strings.Count(eval[string](b, `window.got`), "\n")
	if rows == 0 || lines != rows+1 {
		t.Errorf("%d rows shown, %d lines in the file", rows, lines)
	}
	b.look("events")
	b.open("/timeline")
	b.look("timeline")

	// How two are connected.
	b.open("/path?" + url.Values{"a": {"جون كيري"}, "b": {"إبراهيم الجعفري"}}.Encode())
	if n := eval[int](b, `document.querySelectorAll(".way .hop .evidence").length`); n == 0 {
		t.Error("the path has no sentence")
	}
	b.look("path")
	b.open("/search?q=" + url.QueryEscape("من لا يعرفه أحد"))
	b.look("nothing")

	b.drawn()

	// A fact is judged, listed among the decisions, and back once that is undone.
	b.open("/events?type=Attack")
	b.do(chromedp.Click(chromedp.CSS("tr[data-fact] a[href^='/fact/']")))
	b.wait(`document.querySelector(".judge button[value=wrong]")`)
	b.look("judge")
	b.do(chromedp.Click(chromedp.CSS(".judge button[value=wrong]")))
	b.wait(`location.pathname === "/decisions" && document.querySelector("tr.here")`)
	b.look("decisions")
	b.until("/events?type=Attack", `!document.querySelector("tr[data-fact]")`)
	b.open("/decisions")
	b.do(chromedp.Click(chromedp.CSS("button[value=undo]")))
	b.wait(`location.search.includes("taken=")`)
	b.until("/events?type=Attack", `document.querySelector("tr[data-fact]")`)

	// Dark, then a phone.
	b.open("/")
	b.do(chromedp.Click(chromedp.CSS(`[data-set-theme="dark"]`)))
	b.wait(`document.documentElement.dataset.theme === "dark"`)
	for _, p := range []struct{ name, path string }{
		{"start", "/"}, {"entity", "/entity/person/" + url.PathEscape("جون_كيري")}, {"article", "/article/a1?report=1"}, {"events", "/events"},
	} {
		b.open(p.path)
		b.look("dark-" + p.name)
	}
	b.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateScale(1)))
	for _, p := range []struct{ name, path string }{
		{"start", "/"}, {"entity", "/entity/person/" + url.PathEscape("جون_كيري")}, {"article", "/article/a1?report=1"}, {"events", "/events"}, {"path", "/path"}, {"network", "/network"}, {"map", "/map"},
	} {
		b.open(p.path)
		b.look("phone-" + p.name)
	}

	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.bad {
		t.Error(s)
	}
}

// drawn tries the network view and the map, where they are built.
func (b *tab) drawn() {
	b.t.Helper()
	b.open("/network?of=" + url.QueryEscape("جون كيري"))
	if builtWeb() == nil {
		if !strings.Contains(eval[string](b, `document.body.textContent`), "make") {
			b.t.Error("the page doesn't say how to get the network view")
		}
		b.look("network-unbuilt")
		return
	}
	b.wait(`document.getElementById("network").dataset.ready`)
	before := eval[int](b, `silaNetwork.nodes().length`)
	if before < 2 {
		b.t.Errorf("%d nodes around Kerry", before)
	}
	// Choose another from the list and expand it.
	eval[any](b, `document.querySelector("aside details").open = true; [...document.querySelectorAll("#net-nodes button")].find(x => x.dataset.id.includes("الجعفري")).click(); 1`)
	b.wait(`document.querySelector("#net-details button")`)
	b.do(chromedp.Click(chromedp.CSS("#net-details button")))
	b.wait(fmt.Sprintf(`silaNetwork.nodes().length > %d`, before))
	b.do(chromedp.Sleep(700 * time.Millisecond))
	b.look("network")
	more := eval[int](b, `silaNetwork.nodes().length`)
	b.do(chromedp.Click(chromedp.CSS("#net-undo")))
	if n := eval[int](b, `silaNetwork.nodes().length`); n != before {
		b.t.Errorf("undo: %d nodes, were %d", n, before)
	}
	// A family of ties goes and comes.
	eval[any](b, `document.querySelectorAll("#net-filter input[name=family]").forEach(x => { if (x.checked) x.click() }); 1`)
	b.wait(`silaNetwork.edges().not(".off").length === 0`)
	eval[any](b, `document.querySelectorAll("#net-filter input[name=family]").forEach(x => x.click()); 1`)
	b.wait(`silaNetwork.edges().not(".off").length > 0`)
	// The shortest path between two who are picked.
	eval[any](b, `silaNetwork.elements().unselect(); silaNetwork.nodes().filter(n => /كيري|الجعفري/.test(n.id())).select(); document.querySelector("[data-net=way]").click(); 1`)
	b.wait(`silaNetwork.$(".way").length >= 3`)
	b.do(chromedp.Sleep(time.Second)) // until they have moved to their places
	// A link opens the same drawing again.
	eval[any](b, `silaNetwork.nodes()[0].data("pinned", true); document.querySelector("[data-net=link]").click(); 1`)
	b.wait(`location.hash.startsWith("#s=")`)
	drawing := `JSON.stringify(silaNetwork.nodes().map(n => [n.id(), Math.round(n.position("x")), Math.round(n.position("y")), !!n.data("pinned")]).sort())`
	link, have := eval[string](b, `location.href`), eval[string](b, drawing)
	b.open("/")
	b.do(chromedp.Navigate(link))
	b.wait(`document.getElementById("network").dataset.ready`)
	if again := eval[string](b, drawing); again != have {
		b.t.Errorf("the link shows %s, it was %s", again, have)
	}
	if more <= before {
		b.t.Errorf("expanding led from %d to %d nodes", before, more)
	}
	b.open("/map")
	b.wait(`document.getElementById("map").dataset.ready`)
	if n := eval[int](b, `document.querySelectorAll("#map circle").length`); n < 2 {
		b.t.Errorf("%d places on the map", n)
	}
	b.look("map")
	eval[any](b, `var s = document.getElementById("map-from"); s.value = s.max; s.dispatchEvent(new Event("input")); 1`)
	if n := eval[int](b, `document.querySelectorAll("#map circle").length`); n != 1 {
		b.t.Errorf("%d places on the last day", n)
	}
}

// tab is one tab, with what went wrong in it.
type tab struct {
	t          *testing.T
	ctx        context.Context
	home, lang string
	mu         sync.Mutex
	bad        []string
}

func (b *tab) listen(ev any) {
	note := func(s string) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.bad = append(b.bad, s)
	}
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		if u := ev.Request.URL; !strings.HasPrefix(u, b.home) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") && u != "about:blank" {
			note("request to another host: " + u)
		}
	case *runtime.EventExceptionThrown:
		text := ev.ExceptionDetails.Text
		if e := ev.ExceptionDetails.Exception; e != nil {
			text += ": " + e.Description
		}
		note("exception: " + text)
	case *log.EventEntryAdded:
		if ev.Entry.Level == log.EntryLevelError {
			note("log: " + ev.Entry.Text + " " + ev.Entry.URL)
		}
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func eval[T any](b *tab, js string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](js))
	if err != nil {
		b.t.Fatalf("%s: %v", js, err)
	}
	return v
}

func (b *tab) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.home + path))
	b.ready()
}

func (b *tab) ready() {
	b.t.Helper()
	b.wait(`document.readyState === "complete"`)
}

// until opens a page again and again, for as long as the index is renewed.
func (b *tab) until(path, js string) {
	b.t.Helper()
	for range 100 {
		b.open(path)
		if eval[bool](b, `!!(`+js+`)`) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	b.t.Fatalf("%s never came to %s", path, js)
}

func (b *tab) wait(js string) {
	b.t.Helper()
	for range 300 {
		v, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`!!(`+js+`)`))
		if err == nil && v { // an error: the page is changing
			return
		}
		if b.ctx.Err() != nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.shot("failed")
	b.t.Fatalf("it never came to %s; at %s", js, eval[string](b, `location.href + " " + (document.getElementById("net-status") || {}).textContent`))
}

// look takes a picture and checks what every page must be.
func (b *tab) look(name string) {
	b.t.Helper()
	b.shot(name)
	if eval[bool](b, `document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`) {
		b.t.Errorf("%s is wider than the window", name)
	}
	if eval[bool](b, `window.injected == 1`) {
		b.t.Errorf("%s: a text became script", name)
	}
	axe, err := os.ReadFile("../web/node_modules/axe-core/axe.min.js")
	if err != nil {
		return
	}
	eval[any](b, string(axe)+";1")
	eval[any](b, `window.axed = null; axe.run(document, {resultTypes: ["violations"]}).then(function (r) {
		window.axed = JSON.stringify(r.violations.filter(function (v) { return v.impact == "serious" || v.impact == "critical" }).map(function (v) {
			return {Rule: v.id, Help: v.help, Where: v.nodes.slice(0, 4).map(function (n) { return n.html.slice(0, 160) + " — " + (n.any[0] || n.all[0] || n.none[0] || {}).message }) } })) }); 1`)
	b.wait(`window.axed !== null`)
	var found []struct {
		Rule, Help string
		Where      []string
	}
	if err := json.Unmarshal([]byte(eval[string](b, `window.axed`)), &found); err != nil {
		b.t.Fatal(err)
	}
	for _, v := range found {
		b.t.Errorf("%s in %s: axe: %s: %s\n  %s", name, b.lang, v.Rule, v.Help, strings.Join(v.Where, "\n  "))
	}
}

func (b *tab) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("SILA_SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, b.lang+"-"+name+".png"), png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
