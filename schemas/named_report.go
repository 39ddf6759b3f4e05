package schemas

// NamedReport asks for a report by its name, of whichever kind it is.
type NamedReport struct {
	Report string
	Period
	Basis  Basis
	Client string
	Detail bool // each document, in the reports that have them
	PageArgs
}

// Position is the day of a report that is of one day: the last of the period,
// whether that has a name or two dates.
func (n NamedReport) Position() (Position, error) {
	if n.Start == "" && n.Period.Period == "" {
		return Position{AsOf: n.End}, nil
	}
	if err := n.Validate(); err != nil {
		return Position{}, err
	}
	return Position{AsOf: n.End, Period: n.Period.Period}, nil
}
