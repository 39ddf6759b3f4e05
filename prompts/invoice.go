package prompts

func createAndSendInvoice() Prompt {
	return Prompt{
		Name:        "create_and_send_invoice",
		Title:       "Create and send an invoice",
		Description: "Make an invoice, show its totals, and e-mail it once the person agrees.",
		Arguments: []Argument{
			client("Who gets it: the client's name or id").required(),
			words("items", "What to bill, in words: 10 hours of design work at 95.00", maxWords).required(),
			day("due_date", "When it is due, as YYYY-MM-DD; default Fiskl's terms"),
		},

		goal: "Make one invoice of what the person wants billed and, once they have agreed to its totals and to its recipient, e-mail it.",
		steps: []step{
			call("get_client", args{{"client", from("client")}},
				"It must be one client. Note currency and e-mail: without an e-mail the invoice cannot be sent.").
				orElse("The preview below names the client that it finds, its e-mail and its currency."),
			call("list_products", args{{"all", true}},
				"The catalogue. Take what is billed from it where it is there: it brings price, unit and tax. Prices are before tax.").
				orElse("Bill by name, price and tax instead of by product."),
			call("list_taxes", nil,
				"For lines that are not in the catalogue: they carry no tax unless it is named.").
				orElse("Ask which tax a line carries that is not in the catalogue."),
			call("preview_invoice", args{{"client", from("client")}, {"items", []map[string]string{{"product": "<catalogue name>", "quantity": "<quantity>", "price": "<price, if the person named one>"}}}, {"due_date", from("due_date")}},
				"Fiskl's own totals; nothing is saved. Without a price the catalogue's counts. A line not in the catalogue has name, quantity, price and taxes. Show client, lines, tax, total with currency, due date. Stop until the person agrees.").
				orStop("Without a preview no invoice is made. The person can make it in the Fiskl app."),
			call("create_invoice", args{{"preview_token", "<preview_token>"}},
				"Makes the draft exactly as previewed. already_existed true means that this very invoice was there: say so.").
				orStop("Show the preview, and say that the person can make the invoice in the Fiskl app."),
			call("send_invoice", args{{"invoice", "<number of the draft>"}},
				"E-mails it; that cannot be recalled. Show recipient, total and number and stop until the person agrees. If the answer is not_done, show them what it says, and call again with its confirm_token only if they agree.").
				orStop("The draft is kept, and the person can send it from the Fiskl app."),
		},
		check: []string{
			"Quantities and prices are the person's or the catalogue's, none is yours. A price in another currency than the client's is not converted.",
			"Every line carries the tax it should. A warning in an answer is shown to the person.",
		},
		show: []string{
			"Number, client, lines, net, tax and total with currency, due date, status, and the address it went to.",
		},
		stop: []string{
			"Several clients or none match, a price is in neither the request nor the catalogue, or the total is not what the person expects.",
			"A client who is new: offer the job New client onboarding.",
			"If an outcome is unknown, look the invoice up before anything is repeated.",
		},
	}
}
