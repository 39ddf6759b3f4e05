package prompts

func collectionsLetters() Prompt {
	return Prompt{
		Name:        "collections_letters",
		Title:       "Collections letters",
		Description: "A letter to each client who is late, with the invoices and amounts, ready to check.",
		Arguments: []Argument{
			client("Only this client"),
			oneOf("tone", "friendly, firm or final; default by how late it is", "friendly", "firm", "final"),
		},

		goal: "Write to each client who is late one letter that is right in every figure. Letters are drafts for the person; nothing is sent or changed.",
		steps: []step{
			call("list_invoices", args{{"client", from("client")}, {"status", "overdue"}, {"all", true}},
				"The late invoices: number, client, due date, days_late, outstanding and currency. If there are none, say so and stop.").
				orStop("Without the late invoices there is nothing to write."),
			call("get_client", args{{"client", "<client of a late invoice>"}},
				"For each client once: name, address, e-mail, and notes that bear on it.").
				orElse("Leave name and address as gaps for the person to fill."),
			call("get_statement_of_account", args{{"client", "<client of a late invoice>"}},
				"For each client once: what was billed and paid, so that a part payment is thanked for and one just made is seen.").
				orElse("Say in your answer that payments were not looked at."),
		},
		check: []string{
			"Each amount is what is outstanding, not the total of the invoice, in the invoice's own currency; a sum for each currency.",
			"A note, a dispute or a payment of the last days is a reason to ask before writing.",
		},
		show: []string{
			"A table: client, invoices, outstanding with currency, days late, tone. By default friendly up to 14 days, firm up to 45, final beyond.",
			"Then the letters, each under 150 words: invoice number, date, due date, days late, outstanding, by when to pay or answer. Leave gaps for bank details, signature and whatever else no answer gave.",
		},
		stop: []string{
			"No letter can be sent from here. What can be sent is an invoice itself once more, one at a time and only when the person says so.",
			"Threaten nothing, neither fees, interest nor courts, unless the person asks for it and says on what terms.",
		},
	}
}
