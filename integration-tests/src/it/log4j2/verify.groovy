// group:artifact:type:version:scope of all that the application runs with
def artifacts = new File(basedir, 'target/runtime.txt').readLines()*.trim().findAll { it.count(':') >= 4 }*.tokenize(': ')
assert artifacts.find { it[1] == 'log4j-core' }
assert !artifacts.find { it[0] == 'ch.qos.logback' }
