// title: Who holds which office in a country or body | من يشغل أي منصب في دولة أو جهة
// en: The people who hold or held an office in a country or body.
// ar: الأشخاص الذين يشغلون منصبا في دولة أو جهة أو شغلوه.
// param: body actor | the country or body | الدولة أو الجهة
// param: title text? | only offices whose title contains this | المناصب التي فيها هذه الكلمة وحدها
// column: person node | who | الشخص
// column: title | the office | المنصب
// column: from | first month in which an article says so | منذ
// column: to | last such month | حتى
// column: ended | yes where it is a former office | سابق
// column: over | first month in which an article calls it former | انتهى قبل
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: title, person
// example: body=الولايات المتحدة
var body = "<place/الولايات_المتحدة>"
var title = ""

g.V(body).in("<sila:patient>").unique()
  .has("<rdf:type>", "<sila:HoldsPosition>").tag("fact")
  .saveOpt("<sila:title>", "title")
  .saveOpt("<sila:held_from>", "from")
  .saveOpt("<sila:held_to>", "to")
  .saveOpt("<sila:ended>", "ended")
  .saveOpt("<sila:over_by>", "over")
  .save("<sila:agent>", "person")
  .forEach(function (row) {
    if (title == "" || (row.title || "").indexOf(title) >= 0) g.emit(row)
  })
