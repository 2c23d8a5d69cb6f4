// What the application's own appender wrote while the records were exported too
def lines = new File(basedir, 'target/shop.log').readLines()
assert lines.findAll { it.contains('Ordered') }.size() == 1
