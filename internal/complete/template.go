package complete

import (
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// Template is where the values of an argument of a resource template come
// from. It goes by the template's address; ok is false when there is none such.
func Template(uri, argument string, companies []string) (o Origin, ok bool) {
	path, _, _ := strings.Cut(uri, "{?")
	arguments, ok := templates()[path]
	if argument == "company" && len(companies) > 1 {
		return Origin{Choices: companies}, ok
	}
	return arguments[argument], ok
}

// templates are the addresses that resources have, without their optional
// part, and where the values of what they take come from.
func templates() map[string]map[string]Origin {
	id := func(s Source, formats ...string) map[string]Origin {
		return map[string]Origin{"id": {Source: s}, "format": {Choices: formats}}
	}
	return map[string]map[string]Origin{
		"fiskl://company":       nil,
		"fiskl://date-periods":  nil,
		"fiskl://permissions":   nil,
		"fiskl://accounts":      nil,
		"fiskl://taxes":         nil,
		"fiskl://clients/{id}":  id(Clients),
		"fiskl://vendors/{id}":  id(Vendors),
		"fiskl://products/{id}": id(Products),
		"fiskl://invoices/{id}": id(Invoices, "json", "markdown"),
		"fiskl://quotes/{id}":   id(Quotes),
		"fiskl://payments/{id}": id(Payments),
		"fiskl://exports/{id}":  nil,
		"fiskl://reports/{report}": {
			"report": {Choices: reports()}, "period": {Source: Periods}, "basis": {Choices: Bases()},
			"format": {Choices: []string{"json", "markdown", "csv"}},
		},
	}
}

// reports are those that have an address: all but the one that is of one client
// always.
func reports() []string {
	return slices.DeleteFunc(fisklapi.ReportNames(), func(name string) bool { return name == "statement_of_account" })
}
