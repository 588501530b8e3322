package webui

import (
	tags "golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
	"golang.org/x/text/number"
)

// Numbers are written as the Unicode CLDR has them for the page's language: 75.7% and 12,345 in
// English, 75,7 % and 12.345 in German. CSV, JSON and the attributes of a drawing are for machines
// and stay plain.

// printer writes the numbers of a language, and in the English way for an unknown tag. Its
// catalogue of texts is empty: our texts are in files.
func printer(tag string) *message.Printer {
	return message.NewPrinter(tags.Make(tag), message.Catalog(catalog.NewBuilder()))
}

// Whole writes a whole number.
func (v *visit) Whole(n int) string { return v.words.numbers.Sprint(number.Decimal(n)) }

// decimal writes a number with so many digits after the point.
func (v *visit) decimal(f float64, digits int) string {
	return v.words.numbers.Sprint(number.Decimal(f, number.Scale(digits)))
}

// short writes a number with at most so many digits after the point.
func (v *visit) short(f float64, digits int) string {
	return v.words.numbers.Sprint(number.Decimal(f, number.MaxFractionDigits(digits)))
}

// rough writes a number to its first two digits, or whole when it has more before the point.
func (v *visit) rough(f float64) string {
	if f >= 10 {
		return v.decimal(f, 0)
	}
	return v.words.numbers.Sprint(number.Decimal(f, number.Precision(2)))
}

// percent writes a number from 0 to 100 with so many digits after the point.
func (v *visit) percent(f float64, digits int) string {
	return v.words.numbers.Sprint(number.Percent(f/100, number.Scale(digits)))
}

// Percent writes a share from 0 to 1.
func (v *visit) Percent(f float64) string { return v.percent(100*f, 0) }

// Size writes a number of bytes.
func (v *visit) Size(n int64) string {
	switch {
	case n >= 1<<20:
		return v.short(float64(n)/(1<<20), 1) + " MB"
	case n >= 1<<10:
		return v.short(float64(n)/(1<<10), 0) + " kB"
	}
	return v.Whole(int(n)) + " B"
}
