package main

// describeCredential says which credential a company has and where it came
// from. Of the secret it shows the beginning, as Fiskl's own list of keys does.
func describeCredential(c companyConfig) string {
	switch {
	case c.sandbox:
		return "The sandbox's own key"
	case c.given().text != "":
		return prefix(c.key) + " of " + c.given().place()
	default:
		return "What you saved with " + c.sourceName()
	}
}

// lasting reports a credential that the server has whoever starts it, and not
// only where a variable is set.
func lasting(c companyConfig) bool {
	return c.sandbox || c.given().file != "" || c.given().text == "" && c.problem() == ""
}
