// title: Facts by type and month | الوقائع بحسب النوع والشهر
// en: How many facts of each type happened in each month, states left aside. A fact without a date counts in the month of the first article that tells it.
// ar: عدد الوقائع من كل نوع في كل شهر، دون الأوضاع القائمة. وما لا تاريخ له يُعد في شهر أول خبر يرويه.
// param: type type? | only this type | هذا النوع وحده
// column: month | the month | الشهر
// column: type node | the type | النوع
// column: facts | how many | العدد
// key: month, type
// order: month, -facts, type
// aggregate: events-by-month
// example: type=Liberate
var type = "<sila:Liberate>"

// One type at a time here; sila query counts all of them when none is given.
var n = {}
g.V(type).in("<rdf:type>").has("<sila:status>", "<sila:actual>", "<sila:disputed>")
  .saveOpt("<sila:time>", "time").saveOpt("<sila:reported>", "reported").forEach(function (row) {
    var month = (row.time || row.reported || "").substring(0, 7)
    n[month] = (n[month] || 0) + 1
  })
for (var month in n) g.emit({month: month, type: type, facts: n[month]})
