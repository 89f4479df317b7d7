"""Was this helpful? Readers answer without a cookie and without JavaScript, and nothing is kept about who they are."""
