import ArgumentParser
import SitegenCommands

Sitegen.main()
