package schemas

// What an answer can take part in, beyond its fields, is named here, each once.
// An answer takes part by having the methods. Beside each type stands in what
// it does, so that a reader sees it and the compiler holds it.

// Headed answers have a title; others are told by the company and their fields.
type Headed interface{ Heading() string }

// Summed answers name, by their JSON names, further fields that their heading
// line says, so that the text form does not say them twice.
type Summed interface{ InHeading() []string }

// Worded answers name, by their JSON names, the texts that this server or Fiskl
// words itself. Every other text may be somebody's, and the text form puts it
// in quotes when it could be taken for more than it is.
type Worded interface{ Ours() []string }

// Tabular answers lay their text out themselves: nested sections do not line
// up by themselves. The tables hold every list of the answer.
type Tabular interface{ Tables() []Table }

// Charted answers can be looked at. False means that there is nothing to see.
type Charted interface{ Chart() (Chart, bool) }

// Cuttable answers have rows that can be cut to what a client takes. Cut keeps
// the first n, and what the answer says of itself stays true.
type Cuttable interface {
	Len() int
	Cut(n int)
}

// Addressed answers are of records that can be read by address, too.
type Addressed interface{ Addresses() []Address }

// Monied answers hold amounts. Currencies are those that the answer names, each
// once, in the order of its fields; they may not be settled.
type Monied interface{ Currencies() []string }

// Footed is an answer whose figures can be added up.
type Footed interface {
	// Gaps says where its own rows, totals and balances do not add up, a clause
	// for each place; none when all do. Amounts are exact, so a difference of
	// one hundredth is a gap.
	Gaps() []string
}

// Unposted is a report that may show what no ledger entry stands for.
type Unposted interface {
	// Unposted says how the report ties to the ledger where the two differ by
	// unrealised exchange differences; empty where nothing is to be said. That
	// reports compute them and nothing posts them is inferred from Fiskl's
	// switch to leave them out, and known by their row.
	Unposted() string
}

// Dated answers are as of a day, which may be today; empty where they are not.
type Dated interface{ Day() Date }

// Covering answers end with a day, which may be still to come.
type Covering interface{ Until() Date }

// Held answers may be of a write that was not carried out because a person has
// to agree first.
type Held interface {
	Plain() string // why nothing was done, as the whole text; empty where it was done
	Awaits() bool  // whether the same call with a token would do it
}

// reported is what every report takes part in by its [ReportHead].
type reported interface {
	Headed
	Summed
	Dated
	Covering
	Monied
}

// Counting answers say in words how much they hold, where that is not their
// rows; empty where it is.
type Counting interface{ Counted() string }
