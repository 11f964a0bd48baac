// title: The killed and wounded | القتلى والجرحى
// en: Killings and injuries at a place or of an actor, with the numbers that the articles give.
// ar: القتلى والجرحى في مكان أو من طرف، مع الأعداد الواردة في الأخبار.
// param: actor actor | the place or those hurt | المكان أو المصابون
// column: time | when | متى
// column: type node | killing or injury | قتل أو إصابة
// column: agent node | who did it | الفاعل
// column: patient node | who was hurt | المصابون
// column: place node | where | المكان
// column: low | the numbers given, at least | العدد على الأقل
// column: high | the numbers given, at most | العدد على الأكثر
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: time, type
// example: actor=عدن
var actor = "<place/عدن>"

var roles = ["<sila:patient>", "<sila:place>"]
roles.forEach(function (role) {
  g.V(actor).in(role).unique()
    .has("<rdf:type>", "<sila:Kill>", "<sila:Injure>").tag("fact")
    .save("<rdf:type>", "type")
    .saveOpt("<sila:agent>", "agent")
    .saveOpt("<sila:patient>", "patient")
    .saveOpt("<sila:place>", "place")
    .saveOpt("<sila:time>", "time")
    .save("<sila:report>", "report")
    .forEach(function (row) {
      g.V(row.report).saveOpt("<sila:count_low>", "low").saveOpt("<sila:count_high>", "high").forEach(function (n) {
        row.low = n.low
        row.high = n.high
        g.emit(row)
      })
    })
})
