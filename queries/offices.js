// title: The offices of a person | مناصب شخص
// en: The offices that a person holds or held, with the country or body.
// ar: المناصب التي يشغلها شخص أو شغلها، مع الدولة أو الجهة.
// param: person actor | the person | الشخص
// column: title | the office | المنصب
// column: body node | the country or body | الدولة أو الجهة
// column: from | first month in which an article says so | منذ
// column: to | last such month | حتى
// column: ended | yes where it is a former office | سابق
// column: over | first month in which an article calls it former | انتهى قبل
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: title
// example: person=جون كيري
var person = "<person/جون_كيري>"

g.V(person).in("<sila:agent>").unique()
  .has("<rdf:type>", "<sila:HoldsPosition>").tag("fact")
  .saveOpt("<sila:title>", "title")
  .saveOpt("<sila:held_from>", "from")
  .saveOpt("<sila:held_to>", "to")
  .saveOpt("<sila:ended>", "ended")
  .saveOpt("<sila:over_by>", "over")
  .saveOpt("<sila:patient>", "body").all()
