// title: Whom somebody met | من التقى به شخص
// en: The meetings that a person or body attended, each with the others who were there, place and day.
// ar: الاجتماعات واللقاءات التي حضرها شخص أو جهة، مع بقية الحاضرين والمكان والتاريخ.
// param: actor actor | one of those present | أحد الحاضرين
// column: time | when | متى
// column: place node | where | المكان
// column: with node | who else was there | بقية الحاضرين
// column: status node | whether it took place | الحال
// column: fact node | the meeting, for where-reported | الواقعة
// key: fact
// order: time, place
// example: actor=إبراهيم الجعفري
var actor = "<person/إبراهيم_الجعفري>"

g.V(actor).in("<sila:agent>").unique()
  .has("<rdf:type>", "<sila:Meet>").tag("fact")
  .save("<sila:status>", "status")
  .save("<sila:agent>", "with")
  .saveOpt("<sila:place>", "place")
  .saveOpt("<sila:time>", "time")
  .forEach(function (row) {
    if (row.with != actor) g.emit(row)
  })
