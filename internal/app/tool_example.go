package app

import (
	"slices"
	"strings"
)

// exampleCall is a call on the demo company that can be copied: with all that
// has to be given, or else with one argument that makes sense.
func exampleCall(tool string, all []toolArgument) string {
	words := []string{"fiskl-mcp", "call", tool, "--sandbox"}
	if of := ownExample(tool); of != "" {
		return strings.Join(append(words, of), " ")
	}
	optional := ""
	for _, a := range all {
		value, ok := exampleOf(tool, a)
		switch {
		case ok && a.required:
			words = append(words, a.name+"="+value)
		case ok && optional == "":
			optional = a.name + "=" + value
		}
	}
	const without = 4
	if len(words) == without && optional != "" {
		words = append(words, optional)
	}
	return strings.Join(words, " ")
}

// ownExample is of tools that make or change something: which of their arguments
// make sense together no schema says.
func ownExample(tool string) string {
	const items = `items='[{"name":"Hours","quantity":"2","price":"95.00"}]'`
	return map[string]string{
		"preview_invoice": "client='Northwind Bakery' " + items,
		"create_invoice":  "client='Northwind Bakery' " + items,
		"update_invoice":  "invoice=INV-0150 notes='Thank you for your business'",
		"update_client":   "client='Northwind Bakery' phone='+44 20 7946 0011'",
		"update_vendor":   "vendor='Kingsland Yard Properties Ltd' phone='+44 20 7946 0011'",
		"update_product":  "product='Design work' price=95.00",
		"create_product":  "name='Sign painting' type=service price=120.00",
		"request_feature": "title='Recurring invoices' description='An invoice that is made anew every month'",
	}[tool]
}

// exampleOf is a value of an argument that the demo company knows. The name of
// an argument says what it is; in tools that make a record it is of a new one.
func exampleOf(tool string, a toolArgument) (string, bool) {
	if a.name == "name" && strings.HasPrefix(tool, "create_") {
		return "'Quayside Cycles'", true
	}
	value := map[string]string{
		"client": "'Northwind Bakery'", "vendor": "'Kingsland Yard Properties Ltd'", "invoice": "INV-0119", "quote": "QUOTE-0010",
		"payment": "8505", "product": "'Design work'", "tax": "'VAT Standard 20%'", "account": "4020", "contact": "'Northwind Bakery'",
		"amount": "500.00", "period": "2026-09", "report": "profit_and_loss", "list": "invoices", "record": "INV-0119", "record_type": "invoice",
		"status": "overdue", "by": "paid",
	}[a.name]
	if len(a.schema.Enum) > 0 && !slices.Contains(a.schema.Enum, value) {
		return a.schema.Enum[0], true
	}
	return value, value != ""
}
