import SitegenCommands

Sitegen.runProcess()
