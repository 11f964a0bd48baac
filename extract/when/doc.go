// Package when finds time expressions in a text and resolves them against the article's date.
//
// In comes an analysed text ([arabic.Text]) and the day of publication; out come [Expr] values in the order of the text:
// «مساء أمس الثلاثاء», «في 10 حزيران/يونيو من العام الماضي», «منذ مطلع 2013», «قبل ثلاثة أشهر», «24 شوال». A value is as
// precise as the text: a day, a month (YYYY-MM) or a year (YYYY). What names no time is left alone («مؤخرا»), and so are
// names that hold one: «ثورة 25 يناير», «صحيفة اليوم», «شارع 14 تموز».
//
// Hijri dates are converted by the Umm al-Qura calendar (1380 to 1499), to the day; earlier and later years by the
// tabular calendar, to the month. A Hijri month without a day is the Gregorian month that holds its middle.
//
// Most callers need [Finder.Find] alone. A Finder reuses its memory; keep one per goroutine.
package when
