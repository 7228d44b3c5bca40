// SitegenCommands
