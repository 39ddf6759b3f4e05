package schemas

// NamedReport asks for a report by its name, of whichever kind it is.
type NamedReport struct {
	Report string
	Period
	Basis  Basis
	Client string
	PageArgs
}

// Position is the day of a report that is of one day: the last of the period.
func (n NamedReport) Position() (Position, error) {
	if n.Start != "" && n.Start != n.End {
		return Position{}, &ArgumentError{Argument: "start", Problem: "is given, but " + n.Report + " is of one day: give end alone, or a period for its last day"}
	}
	if n.Period.Period != "" && n.End != "" {
		return Position{}, &ArgumentError{Argument: "period", Problem: "is given together with end; give one of them"}
	}
	return Position{AsOf: n.End, Period: n.Period.Period}, nil
}
