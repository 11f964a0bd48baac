package console

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/sila-graph/sila/queries"
)

// TestBrowser drives the console in Chromium: pick a named query, run it, see
// Arabic answers, follow a label, draw them. Screenshots go to the folder
// SILA_SCREENSHOTS, if that is set.
func TestBrowser(t *testing.T) {
	assets, err := FindAssets()
	if err != nil {
		t.Fatal(err)
	}
	srv := serve(t, Options{Assets: assets})
	b := newBrowser(t, srv.URL)

	b.open("/")
	b.pick("met-with")
	if code := eval[string](b, `editor.getValue()`); !strings.Contains(code, `"<person/إبراهيم_الجعفري>"`) {
		t.Errorf("the menu filled the editor with %s", code)
	}
	b.runQuery("#sila-table td")
	text := eval[string](b, `$("#sila-table").text()`)
	for _, want := range []string{"جون كيري", "خالد العبيدي", "2016-07-20"} {
		if !strings.Contains(text, want) {
			t.Errorf("the table lacks %s:\n%s", want, text)
		}
	}
	b.shot("query")
	if eval[bool](b, `document.documentElement.scrollWidth > document.documentElement.clientWidth`) {
		t.Error("the page is wider than the window")
	}
	title := eval[string](b, `$("#sila-table bdi[title]").first().attr("title")`)
	b.do(chromedp.Click(chromedp.CSS("#sila-table bdi[title]")), chromedp.Sleep(500*time.Millisecond), chromedp.WaitVisible(chromedp.CSS("#sila-table td")))
	if code := eval[string](b, `editor.getValue()`); !strings.HasPrefix(title, "<") || !strings.Contains(code, title) {
		t.Errorf("following %q led to %q", title, code)
	}
	b.shot("follow")

	// Several Arabic arguments on a line stand in the order they are typed.
	eval[any](b, `editor.setValue('g.V("<place/الموصل>", "<place/الرمادي>", "<place/عدن>").all()'); 1`)
	if !eval[bool](b, `(function () {
		var x = $(".CodeMirror").first().find(".cm-string").map(function () { return this.getBoundingClientRect().left }).get()
		return x.length == 3 && x[0] < x[1] && x[1] < x[2]
	})()`) {
		t.Error("arguments in Arabic stand in reversed order")
	}
	b.shot("bidi")

	// Markup in a value stays text.
	eval[any](b, `$("#sila-table").empty(); editor.setValue('g.emit({x: "<img src=x onerror=window.injected=1>", y: "</script><script>window.injected=1</script>"})'); 1`)
	b.runQuery("#sila-table td")
	if eval[bool](b, `window.injected == 1`) {
		t.Error("a value became markup")
	}

	// An error shows with its place.
	eval[any](b, `$("#sila-table").empty(); editor.setValue('g.V('); 1`)
	b.runQuery(".sila-error")
	if text := eval[string](b, `$(".sila-error").text()`); !strings.Contains(text, "line 1, column") {
		t.Errorf("error shown as %q", text)
	}

	// Drawing, with labels, and a query's shape.
	b.open("/ui/visualize")
	b.pick("network")
	b.runQuery("#visualize canvas")
	b.do(chromedp.Sleep(time.Second))
	if nodes := eval[string](b, `sigmaGraph.graph.nodes().map(function (n) { return n.label }).join(" ")`); !strings.Contains(nodes, "القوات العراقية") {
		t.Errorf("drawn nodes: %s", nodes)
	}
	if edges := eval[string](b, `sigmaGraph.graph.edges().map(function (e) { return e.label }).join(" ")`); !strings.Contains(edges, "حرّر") {
		t.Errorf("drawn edges: %s", edges)
	}
	b.do(chromedp.Sleep(2 * time.Second))
	b.shot("visualize")
	// A node leads on to its own network.
	eval[any](b, `sigmaGraph.dispatchEvent("clickNode", {node: sigmaGraph.graph.nodes("<place/الموصل>")}); 1`)
	b.do(chromedp.Sleep(2 * time.Second))
	if nodes := eval[string](b, `sigmaGraph.graph.nodes().map(function (n) { return n.label }).join(" ")`); !strings.Contains(nodes, "العراق") || !strings.Contains(eval[string](b, `editor.getValue()`), `var actor = "<place/الموصل>"`) {
		t.Errorf("following led to %s", nodes)
	}
	b.shot("visualize-follow")
	// What can't be drawn says so on the page.
	eval[any](b, `editor.setValue('g.V().all()'); 1`)
	b.runQuery(".sila-error")

	// Each named query has a shape.
	b.open("/ui/query_shape")
	for _, q := range queries.All() {
		eval[any](b, `$("#viz").empty(); 1`)
		b.pick(q.Name)
		b.runQuery("#viz svg circle.node")
		if n := eval[int](b, `$("#viz svg line.link").length`); n == 0 {
			t.Errorf("%s: a shape without links", q.Name)
		}
		switch q.Name {
		case "met-with", "who-took", "article":
			b.do(chromedp.Sleep(1500 * time.Millisecond))
			b.shot("shape-" + q.Name)
		}
	}
	eval[any](b, `editor.setValue('g.emit("x")'); 1`)
	b.runQuery(".sila-error")

	b.sound("status of 400") // the browser notes refused queries, as it should
}

// browser is one tab, with what went wrong in it.
type browser struct {
	t    *testing.T
	ctx  context.Context
	home string
	mu   sync.Mutex
	bad  []string
}

// newBrowser starts Chromium, or skips the test where there is none.
func newBrowser(t *testing.T, home string) *browser {
	t.Helper()
	chrome := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			chrome = p
			break
		}
	}
	if chrome == "" || testing.Short() {
		t.Skip("needs Chromium")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chrome), chromedp.NoSandbox, chromedp.WindowSize(1280, 1400),
		chromedp.Flag("disable-background-networking", true))
	alloc, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	b := &browser{t: t, home: home}
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

// sound fails the test for whatever went wrong, except for what holds one of the texts.
func (b *browser) sound(except ...string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.bad {
		if !slices.ContainsFunc(except, func(x string) bool { return strings.Contains(s, x) }) {
			b.t.Error(s)
		}
	}
}

// listen notes requests to other hosts, exceptions and errors.
func (b *browser) listen(ev any) {
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

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func eval[T any](b *browser, js string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](js))
	if err != nil {
		b.t.Fatalf("%s: %v", js, err)
	}
	return v
}

func (b *browser) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.home+path), chromedp.WaitReady(chromedp.CSS(`#sila-menu option[data-name="who-took"]`)))
}

func (b *browser) pick(name string) {
	b.t.Helper()
	eval[any](b, `(function () { var s = $("#sila-menu select"); s.val(s.find('[data-name="`+name+`"]').val()).trigger("change"); return 1 })()`)
}

func (b *browser) runQuery(wait string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS("#run_button")), chromedp.WaitVisible(chromedp.CSS(wait)))
}

func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("SILA_SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
