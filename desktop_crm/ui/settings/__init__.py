"""What the business sets up once: itself, its sellers, its products, and the lists that forms offer."""
