package prompts

func vatPreparation() Prompt {
	return Prompt{
		Name:        "vat_preparation",
		Title:       "VAT preparation",
		Description: "The figures of a VAT or sales tax return, and what to put right before it is filed.",
		Arguments:   []Argument{period("last quarter"), basis()},

		goal: "Prepare the figures of the VAT or sales tax return of the period, and find what should be put right first. Nothing is filed or changed.",
		steps: []step{
			call("get_context", nil,
				"Country, base currency, today, accounting_method and locked_until. The scheme of the return, on invoices or on payments, need not be the method of the books."),
			call("get_tax_report", args{{"period", over("period")}, {"basis", from("basis")}, {"detail", true}},
				"For each agency tax on sales, tax on purchases (negative), the total (positive is payable), payments, and each document.").
				orStop("Without the tax report there is nothing to prepare."),
			call("list_invoices", args{{"status", "draft"}, {"period", over("period")}, {"all", true}},
				"Drafts dated in the period: their tax is not in the report until they are sent."),
			call("get_trial_balance", args{{"period", at("period")}, {"basis", from("basis")}},
				"The balance of the agency's account should be what the report has as closing."),
		},
		check: []string{
			"Two purchases of one contact with equal amounts and nearly equal numbers: the same bill may be in twice, and its tax reclaimed twice.",
			"Sales or purchases at no tax that usually carry some; a tax on another rate than its neighbours of the same contact.",
			"A document marked negative takes back one that was cancelled.",
		},
		show: []string{
			"For each agency, with currency, dates and basis: net sales, tax on sales, net purchases, tax on purchases, and what is to pay or to reclaim.",
			"What is already paid, and what is left.",
			"What to put right first, each with number, contact, net and tax; then what the figure would be, marked as your own estimate.",
		},
		stop: []string{
			"Ask which scheme the return is on, invoices (accrual) or payments (cash), unless the person gave a basis: the figures differ.",
			"If the period is not over, or documents of it are still drafts, say that the figures will change.",
			"Nothing can be filed or corrected from here: the person or their accountant does it.",
		},
	}
}
