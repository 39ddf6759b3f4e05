package prompts

func newClientOnboarding() Prompt {
	return Prompt{
		Name:        "new_client_onboarding",
		Title:       "New client onboarding",
		Description: "Enter a new client once, complete and correct, ready to be invoiced.",
		Arguments: []Argument{
			words("name", "The client's full name", maxName).required(),
			{Name: "email", Description: "Where invoices go", problem: noEmail},
			words("details", "What else is known: address, country, currency, tax number, telephone", maxWords),
		},

		goal: "Enter the client so that invoices can go out at once, without making one that is there already.",
		steps: []step{
			call("list_clients", args{{"search", "<the most telling word of the name>"}, {"include_archived", true}, {"all", true}},
				"Names are not unique, and archived clients count. One that is alike: show it and stop until the person says that theirs is another.").
				orStop("Without it nobody can tell whether the client is there already."),
			call("create_client", args{
				{"name", from("name")},
				{"email", from("email")},
				{"country", "<country, ISO code>"},
				{"currency", "<currency, ISO code>"},
				{"address", "<address>"},
				{"tax_number", "<tax number>"},
				{"phone", "<telephone>"},
			},
				"First show the person the record as it would be, with what is left out, and stop until they agree. Leave out what nobody said. Country and currency are then the company's own; the currency is that of all invoices to the client.").
				orStop("Show the record as it should be, and say that the person can enter it in the Fiskl app."),
			call("get_client", args{{"client", "<id of the new client>"}},
				"Read it back and compare it with what the person agreed to."),
		},
		check: []string{
			"The e-mail address and the tax number are as the person typed them, character by character.",
			"A client abroad: is the currency the one that they pay in, and is a tax number needed for the tax?",
		},
		show: []string{
			"The record as saved, with its id, country and currency.",
			"What is missing: without an e-mail no invoice can be sent.",
			"What can come next: the job Create and send an invoice.",
		},
		stop: []string{
			"Never invent an address, a tax number or a currency.",
			"If the outcome is unknown, look the client up before you enter it again: it may be there.",
		},
	}
}
