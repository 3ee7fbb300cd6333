"""What the Settings page is made of: this computer, people, products, plan, history, the diary's files."""
