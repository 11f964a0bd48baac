// title: Pairs of actors by month | أزواج الأطراف بحسب الشهر
// en: How many events each pair of actors shares in each month, with the mean of the events' conflict and cooperation scores from -10 (conflict) to 10 (cooperation), after Goldstein (1992). An event without a date counts in the month of the first article that tells it.
// ar: عدد الأحداث بين كل طرفين في كل شهر، مع متوسط مقياس النزاع والتعاون من -10 (نزاع) إلى 10 (تعاون) بحسب غولدستين. وما لا تاريخ له يُعد في شهر أول خبر يرويه.
// param: actor actor? | only pairs with this actor | ما كان هذا الطرف فيه وحده
// column: month | the month | الشهر
// column: source node | who acts; of a symmetric event the smaller IRI | الفاعل
// column: target node | upon whom | المفعول به
// column: events | how many | العدد
// column: score | mean score, -10 to 10 | المتوسط
// key: month, source, target
// order: month, -events, source, target
// aggregate: dyads-by-month
// example: actor=القوات العراقية
var actor = "<org/القوات_العراقية>"

// The events alone; sila query adds the scores, which the vocabulary holds as sila:score.
var n = {}
g.V(actor).in("<sila:agent>").unique().has("<sila:status>", "<sila:actual>", "<sila:disputed>")
  .saveOpt("<sila:time>", "time").saveOpt("<sila:reported>", "reported").out("<sila:patient>").tag("target").forEach(function (row) {
    var key = (row.time || row.reported || "").substring(0, 7) + " " + row.target
    n[key] = (n[key] || 0) + 1
  })
for (var key in n) g.emit({month: key.split(" ")[0], source: actor, target: key.split(" ")[1], events: n[key]})
