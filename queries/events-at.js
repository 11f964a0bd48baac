// title: What happened at a place | ما حدث في مكان
// en: Every fact that names a place as where it happened or as what it befell, states left aside.
// ar: كل واقعة حدثت في مكان أو وقعت عليه، دون الأوضاع القائمة.
// param: place place | the place | المكان
// param: since date? | from this day, month or year on | ابتداء من هذا التاريخ
// param: until date? | up to this day, month or year | إلى هذا التاريخ
// column: time | when | متى
// column: type node | what happened | نوع الواقعة
// column: agent node | who did it | الفاعل
// column: patient node | to whom or what | المفعول به
// column: status node | whether it happened | الحال
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: time, type
// example: place=الموصل
var place = "<place/الموصل>"
var since = ""
var until = ""

var states = ["<sila:LocatedIn>", "<sila:Borders>", "<sila:HoldsPosition>", "<sila:MemberOf>", "<sila:AffiliatedWith>", "<sila:Say>"]
var roles = ["<sila:place>", "<sila:patient>"]
roles.forEach(function (role) {
  var facts = g.V(place).in(role).unique()
  if (since) facts = facts.has("<sila:time>", gte(since))
  if (until) facts = facts.has("<sila:time>", lt(until + "~"))
  facts.tag("fact")
    .save("<sila:status>", "status")
    .saveOpt("<sila:agent>", "agent")
    .saveOpt("<sila:patient>", "patient")
    .saveOpt("<sila:time>", "time")
    .save("<rdf:type>", "type")
    .forEach(function (row) {
      if (states.indexOf(row.type) < 0) g.emit(row)
    })
})
