// Package learn finds out how a live API differs from the form that this
// program expects, by reading it. Names are a hint; between candidates the
// accounting decides: sections add up to totals, debits equal credits, what is
// outstanding is the total less what was paid. What holds is taken with its
// evidence, and what does not is left out and said to be not certain.
//
// Nothing is written, and nothing of the books is kept but the words of
// statuses.
package learn
