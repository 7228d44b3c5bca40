/// A module of the user's own, which has nothing to do with the package's.
public enum Files {}
