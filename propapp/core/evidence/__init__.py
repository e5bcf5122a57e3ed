"""What happened at a site, chained so that nothing can be changed, taken out or put in unseen."""
