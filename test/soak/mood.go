package main

// mood is what a model does next about a wish.
type mood int

const (
	satisfied mood = iota // nothing
	patient               // it comes back to it after a while
	impatient             // it tries again at once
)

// maxTries is how often a model tries the same.
const maxTries = 5

// mood throws the dice for what a model makes of what it is told. Many do not
// read it.
func (m *model) mood(t *try, told error) mood {
	w := t.wish
	if w.tries >= maxTries || w.careful && t.passed {
		return satisfied
	}
	atOnce, later := t.zeal(told)
	switch roll := m.dice.Float64(); {
	case roll < atOnce:
		return impatient
	case roll < atOnce+later:
		return patient
	default:
		return satisfied
	}
}

// zeal is how likely the try is repeated.
func (t *try) zeal(told error) (atOnce, later float64) {
	switch a := answerOf(told); {
	case a == done, a == lostDone:
		return t.wish.zeal / 2, t.wish.zeal / 2
	case t.passed:
		return 0.5, 0.3
	default:
		return 0.2, 0.2
	}
}
