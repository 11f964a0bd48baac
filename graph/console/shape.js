// Follows a Gizmo query and draws the shape of its paths. Run before the query,
// it puts a stand-in in the place of g that notes what is called: each path
// that the query asks for is drawn as it is written, whatever the store makes
// of it. A callback is called once, with the first row, so that the paths
// within it are drawn too, from the nodes that the row names. __shape() emits
// {nodes, links, more} as Cayley's shape page draws them.
(function () {
  const most = 6 // paths; a query that loops asks for many
  const terminals = ["all", "getLimit", "count", "forEach", "map", "toArray", "tagArray", "toValue", "tagValue"]
  const real = g, raw = new WeakMap(), made = new WeakMap(), seen = {}
  let nodes = [], links = [], ids = 0, paths = 0, more = false
  let rows = [] // rows that callbacks run with, and those that the query has in hand

  function node(values, isLink) {
    const n = {id: ++ids, tags: [], values: values || [], is_link_node: !!isLink, is_fixed: (values || []).length > 0 && !isLink}
    nodes.push(n)
    return n
  }

  function hop(from, to, names, tags) {
    const l = node(names, true)
    l.tags = tags || []
    links.push({source: from.id, target: to.id, type: 0, link_node: l.id})
  }

  // names lists what an argument names: nothing, a string, a list, a path.
  function names(v) {
    if (v === undefined || v === null) return []
    if (Array.isArray(v)) return v.flatMap(names)
    if (made.has(v)) return made.get(v).flatMap(s => s.args.flatMap(names))
    return [String(v)]
  }

  // walk draws the steps of a path from a node on, and returns its end.
  function walk(steps, cur, tagged) {
    for (const s of steps) {
      const a = s.args
      let to
      switch (s.name) {
      case "out": case "in": case "both":
        to = node()
        s.name == "in" ? hop(to, cur, names(a[0]), names(a.slice(1))) : hop(cur, to, names(a[0]), names(a.slice(1)))
        cur = to
        break
      case "has": case "hasR":
        to = node(names(a.slice(1)))
        s.name == "has" ? hop(cur, to, names(a[0])) : hop(to, cur, names(a[0]))
        break
      case "save": case "saveR": case "saveOpt": case "saveOptR":
        to = node()
        names(a[1] === undefined ? a[0] : a[1]).forEach(t => { tagged[t] = to; to.tags.push(s.name.indexOf("Opt") > 0 ? t + "?" : t) })
        s.name.endsWith("R") ? hop(to, cur, names(a[0])) : hop(cur, to, names(a[0]))
        break
      case "tag": case "as":
        names(a).forEach(t => { tagged[t] = cur; cur.tags.push(t) })
        break
      case "back":
        cur = tagged[a[0]] || cur
        break
      case "is":
        cur.values = cur.values.concat(names(a))
        cur.is_fixed = true
        break
      case "filter":
        cur.values = cur.values.concat(names(a))
        break
      case "and": case "intersect": {
        const end = path(made.get(a[0]) || [], tagged)
        if (end == cur) break
        cur.tags = cur.tags.concat(end.tags)
        cur.values = cur.values.concat(end.values)
        cur.is_fixed = cur.is_fixed || end.is_fixed
        links.forEach(l => {
          if (l.source == end.id) l.source = cur.id
          if (l.target == end.id) l.target = cur.id
        })
        for (const t in tagged) if (tagged[t] == end) tagged[t] = cur
        nodes = nodes.filter(n => n != end)
        break
      }
      case "or": case "union": {
        const end = path(made.get(a[0]) || [], tagged)
        to = node()
        hop(cur, to, ["or"])
        hop(end, to, ["or"])
        cur = to
        break
      }
      case "except": case "difference":
        hop(path(made.get(a[0]) || [], tagged), cur, ["not"])
        break
      case "follow":
        cur = walk((made.get(a[0]) || []).slice(1), cur, tagged)
        break
      case "followR": {
        const turn = {in: "out", out: "in", has: "hasR", hasR: "has"}
        cur = walk((made.get(a[0]) || []).slice(1).reverse().map(x => ({name: turn[x.name] || x.name, args: x.args})), cur, tagged)
        break
      }
      case "followRecursive":
        to = node()
        hop(cur, to, names(a[0]).concat("again and again"))
        cur = to
        break
      case "labels": case "inPredicates": case "outPredicates":
        to = node()
        hop(cur, to, [s.name])
        cur = to
        break
      case "saveInPredicates": case "saveOutPredicates":
        to = node()
        to.tags = names(a)
        hop(cur, to, [s.name])
        break
      }
    }
    return cur
  }

  // path draws a whole path. It goes out from the node of an outer path if it
  // starts with what a row of that one holds.
  function path(steps, tagged) {
    if (!steps.length) return node()
    const start = names(steps[0].args)
    let from
    if (start.length == 1) {
      for (const r of rows) {
        for (const tag in r.row) if (r.row[tag] === start[0] && r.tagged[tag]) from = r.tagged[tag]
      }
    }
    return walk(steps.slice(1), from || node(start), tagged)
  }

  // ask draws a path that the query asks for, runs what with it, and forgets
  // both if a path before it had the same shape.
  function ask(steps, what) {
    const inner = rows.length > 0 && rows[rows.length - 1].inside
    if (!inner && paths >= most) {
      more = true
      return what({})
    }
    const before = [nodes.length, links.length, ids], tagged = {}
    const end = path(steps, tagged)
    if (end.tags.indexOf("id") < 0) end.tags.push("id")
    tagged.id = end
    const out = what(tagged)
    if (inner) return out
    const key = JSON.stringify([nodes.slice(before[0]).map(n => [n.tags, n.is_link_node && n.values]),
      links.slice(before[1]).map(l => [l.source - before[2], l.target - before[2]])])
    if (seen[key] && nodes.length > before[0]) {
      nodes.length = before[0]
      links.length = before[1]
    } else {
      paths++
    }
    seen[key] = true
    return out
  }

  function bare(v) {
    if (Array.isArray(v)) return v.map(bare)
    return v !== null && typeof v == "object" && raw.get(v) || v
  }

  function member(v, key) {
    if (v[key] === undefined && typeof key == "string" && key != "toJSON" && key != "valueOf" && key != "toString") {
      throw new TypeError("Object has no member '" + key + "'")
    }
    return v[key]
  }

  function wrap(v, steps) {
    if (v === null || typeof v != "object" || typeof v.tagArray != "function") return v
    const p = new Proxy({}, {get: function (_, key) {
      if (typeof key != "string" || typeof v[key] != "function") return member(v, key)
      const name = key[0].toLowerCase() + key.slice(1)
      return function () {
        const args = Array.from(arguments)
        if (terminals.indexOf(name) < 0) return wrap(v[key].apply(v, bare(args)), steps.concat({name: name, args: args}))
        return ask(steps, function (tagged) {
          switch (name) {
          case "all": case "getLimit":
            return
          case "count":
            return 0
          case "forEach": case "map": {
            const row = v.tagValue()
            if (!row) return
            rows.push({row: Object.assign({}, row), tagged: tagged, inside: true})
            try {
              args[args.length - 1](row)
            } finally {
              rows.pop()
            }
            return
          }
          }
          const got = v[key].apply(v, args)
          const first = Array.isArray(got) ? got[0] : got
          if (first) rows.unshift({row: typeof first == "object" ? Object.assign({}, first) : {id: first}, tagged: tagged})
          return got
        })
      }
    }})
    raw.set(p, v)
    made.set(p, steps)
    return p
  }

  g = graph = new Proxy({}, {get: function (_, key) {
    if (typeof key != "string" || typeof real[key] != "function") return member(real, key)
    if (key == "emit" || key == "Emit") return function () {}
    return function () {
      const args = Array.from(arguments)
      return wrap(real[key].apply(real, bare(args)), [{name: key.toLowerCase(), args: args}])
    }
  }})
  __shape = function () { real.emit({nodes: nodes, links: links, more: more}) }
})()
